public import ArgumentParser
public import AssessmentModel

extension NotApplicableReason: ExpressibleByArgument {}
