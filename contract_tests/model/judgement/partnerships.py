"""Which partnerships may not be confirmed, and which not be delivered by somebody else."""

from __future__ import annotations

from contract_tests.model.judgement.subjects import Refusal, refusal
from contract_tests.model.records import Partner, Partnership, Provider, School
from contract_tests.model.register import Register


def confirming(register: Register, provider: Provider, school: School, cohort: str, partner: Partner) -> Refusal | None:
    """Whether a partnership cannot be confirmed with a school that may have one."""
    breaches = []
    standing = register.standing(school, cohort)
    if standing is not None:
        rule = "part.not-yours-already" if standing.provider is provider else "part.not-anothers"
        breaches.append((rule, "school_id"))
    elif register.standing(school, str(int(cohort) - 1)) is not None and cohort not in school.programmes:
        breaches.append(("part.school-decided", "school_id"))
    if cohort not in partner.works_with.get(provider.id, ()):
        breaches.append(("part.delivery-partner-yours", "delivery_partner_id"))
    return refusal(breaches)


def changing_partner(
    register: Register, provider: Provider, partnership: Partnership, partner: Partner
) -> Refusal | None:
    """Whether a partnership cannot be delivered by somebody."""
    title = "delivery_partner_id"
    if partnership.provider is not provider or partnership.relationship:
        return refusal([("part.update-known", "404")])
    if partnership.cohort not in partner.works_with.get(provider.id, ()):
        return refusal([("part.delivery-partner-yours", title)])
    if not partnership.stands:
        return refusal([("part.update-active", title)])
    if partner is not partnership.partner and any(
        (each.provider, each.school, each.cohort, each.partner)
        == (provider, partnership.school, partnership.cohort, partner)
        for each in register.partnerships
        if each is not partnership
    ):
        return refusal([("part.update-delivery-partner", title)])
    return None
