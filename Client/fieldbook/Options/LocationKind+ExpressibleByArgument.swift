public import ArgumentParser
public import AssessmentModel

extension LocationKind: ExpressibleByArgument {}
