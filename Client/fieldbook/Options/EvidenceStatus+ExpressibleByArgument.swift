public import ArgumentParser
public import AssessmentModel

extension EvidenceStatus: ExpressibleByArgument {}
