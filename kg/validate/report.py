"""What a validation found: how much was checked, and what is wrong, in sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong, or worth a look.

    `rule` names what was broken, `node` is the IRI of the offender, `message` a sentence that
    tells what is wrong and where. A `warning` leaves the graph valid.
    """

    rule: str
    node: str
    message: str
    warning: bool = False


@dataclass(frozen=True)
class Report:
    """The outcome of a validation.

    `claims` and `facts` (direct triples that need a claim) were checked against the evidence
    contract; `sound_claims` and `backed_facts` keep it.
    """

    claims: int
    sound_claims: int
    facts: int
    backed_facts: int
    findings: tuple[Finding, ...]

    @property
    def violations(self) -> tuple[Finding, ...]:
        """What makes the graph invalid."""
        return tuple(finding for finding in self.findings if not finding.warning)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a person should look at."""
        return tuple(finding for finding in self.findings if finding.warning)

    @property
    def ok(self) -> bool:
        """Whether there is no violation."""
        return not self.violations

    @property
    def pass_rate(self) -> float:
        """The share of claims and facts that keep the evidence contract; 1 for an empty graph."""
        checked = self.claims + self.facts
        return (self.sound_claims + self.backed_facts) / checked if checked else 1.0

    def lines(self, *, most: int = 20) -> list[str]:
        """The report as lines of text: findings first, at most `most` of each rule, then rates."""
        lines = []
        for title, findings in (("violation", self.violations), ("warning", self.warnings)):
            shown: dict[str, int] = {}
            for finding in findings:
                shown[finding.rule] = shown.get(finding.rule, 0) + 1
                if shown[finding.rule] <= most:
                    lines.append(f"{title}: {finding.message}")
            lines += [
                f"{title}: ... and {count - most} more of the rule {rule!r}"
                for rule, count in shown.items()
                if count > most
            ]
        return [
            *lines,
            f"evidence contract: {self.pass_rate:.1%} kept: {self.sound_claims} of {self.claims} "
            f"claims have their words, {self.backed_facts} of {self.facts} direct triples have "
            "their claim",
            f"{len(self.violations)} violations, {len(self.warnings)} warnings",
        ]
