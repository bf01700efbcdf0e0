public import ArgumentParser
public import AssessmentModel

extension Audience: ExpressibleByArgument {}
