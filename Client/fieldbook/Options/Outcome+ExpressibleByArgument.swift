public import ArgumentParser
public import AssessmentModel

extension Outcome: ExpressibleByArgument {}
