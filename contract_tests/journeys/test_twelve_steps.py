"""The twelve steps of an ECT's training, as the guidance for lead providers has them."""

from __future__ import annotations

from contract_tests.errors import require
from contract_tests.journeys.tale import COHORT, COMPLETED, RETAINED, STARTED, Tale
from contract_tests.target.backstage import Backstage


def test_an_ect_is_trained_from_the_partnership_to_the_last_payment(tale: Tale, backstage: Backstage) -> None:
    # 1. The provider confirms a partnership. 2. The school registers her.
    tale.is_registered(**tale.is_partnered())

    # 3. The provider views her, once the DfE has validated her details.
    if backstage.behaviour == "documented":
        tale.api.get(tale.path).is_refused(404)
    tale.is_validated()
    ids = [each["id"] for each in tale.api.every("/participants/ecf", **{"filter[cohort]": COHORT})]
    require(tale.id in ids, "journey.participants", f"{tale.id} among the participants", ids)
    tale.is_shown(training_status="active", eligible_for_funding=True, participant_type="ect", cohort=COHORT)

    # 4. She is trained. 5. The provider declares that she has started. 6. The DfE pays for that.
    started = tale.declared("started", STARTED)
    first = tale.is_paid(started)
    tale.has_declared(("started", "paid"))
    if tale.api.version == "v3":
        tale.api.get(f"/statements/{first['id']}").shows(paid=True, payment_date=first["payment_date"])
        tale.api.get(f"/participant-declarations/{started}").shows(statement_id=first["id"])

    # 7. She is trained further. 8. The provider declares that she has been retained. 9. The DfE pays for that.
    paid = [("started", "paid")]
    for declaration_type, day in RETAINED.items():
        retained = tale.declared(declaration_type, day)
        tale.has_declared(*paid, (declaration_type, "eligible"))
        tale.is_paid(retained)
        paid.append((declaration_type, "paid"))
        tale.has_declared(*paid)

    # 10. Her training is completed. 11. The provider declares that. 12. The DfE pays for it.
    tale.is_paid(tale.declared("completed", COMPLETED))
    tale.has_declared(*paid, ("completed", "paid"))
