"""Pasts told by hand, several of them in one world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from contract_tests.register.walks import (
    pasts,
    pasts_of_days_to_come,
    pasts_of_declarations,
    pasts_of_edges,
    pasts_of_evenings,
    pasts_of_faults,
    pasts_of_mentors,
    pasts_of_moments,
    pasts_of_money,
    pasts_of_registrations,
    pasts_of_reports,
    pasts_of_schedules,
    pasts_of_two,
    pasts_of_what_stays,
)
from contract_tests.register.walks.choosing import organisations
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.walk import Walk
from contract_tests.register.walks.world import World
from contract_tests.walking.walk import Asked

TOGETHER: Final[Sequence[Sequence[Callable[[Past], None]]]] = (
    (
        pasts.claimed_when_statements_were_open_that_are_not,
        pasts.registered_by_mistake,
        pasts.alone_at_a_school_for_a_day,
        pasts.on_the_day_it_begins,
        pasts.registered_long_ago_and_trained_from_today,
        pasts.inducted_while_leaving,
        pasts.moved_between_many,
        pasts.withdrawn_once_gone,
        pasts.noticed_at_night_and_changed_since,
    ),
    (
        pasts_of_mentors.one_mentor_after_the_other,
        pasts_of_mentors.a_mentor_instead_of_another,
        pasts_of_mentors.not_funded_for_another_reason,
        pasts_of_mentors.completed_and_not,
        pasts_of_mentors.paused_and_completed,
        pasts_of_mentors.both_at_once,
        pasts_of_mentors.two_who_are_one,
        pasts_of_mentors.two_mentors_who_are_one,
        pasts_of_mentors.hoped_for_elsewhere,
        pasts_of_mentors.declared_of_as_an_ect,
        pasts_of_mentors.from_one_day_to_the_next,
        pasts_of_mentors.led_by_a_provider_at_last,
    ),
    (
        pasts_of_mentors.mentors_whom_nobody_trains,
        pasts_of_mentors.completed_before_it_began,
        pasts.moved_and_changed_since,
        pasts.trained_again_before_it_moves,
        pasts.put_on_a_schedule_the_day_before,
        pasts.goes_away_and_pauses,
        pasts.paid_and_taken_back,
    ),
    (
        pasts_of_registrations.told_of_late_or_early,
        pasts_of_schedules.taken_along_into_another_cohort,
        pasts_of_schedules.completed_as_a_mentor,
        pasts_of_schedules.declared_on_the_last_day,
        pasts_of_declarations.one_after_the_other,
        pasts_of_declarations.declared_after_a_move,
        pasts_of_declarations.paused_and_with_another,
        pasts_of_declarations.frozen_while_with_another,
        pasts_of_schedules.trained_later_by_others,
        pasts_of_schedules.out_of_one_frozen_cohort_and_another,
        pasts_of_declarations.uplifted_by_one_of_two,
        pasts_of_schedules.completed_and_reduced,
    ),
    (
        pasts_of_registrations.through_one_of_two_partnerships,
        pasts_of_registrations.another_tutor,
        pasts_of_declarations.too_late_to_be_paid,
        pasts_of_registrations.joins_as_they_leave,
        pasts_of_registrations.mentors_who_stay_as_well,
        pasts_of_registrations.gone_as_both,
        pasts_of_registrations.one_who_was_inducted,
        pasts_of_registrations.mentors_until_a_day,
        pasts_of_registrations.of_two_cohorts,
        pasts_of_registrations.passes_on_the_first_day,
        pasts_of_registrations.inducted_before_the_first_time,
        pasts_of_registrations.inducted_again,
        pasts_of_registrations.noticed_a_minute_past_midnight,
    ),
    (
        pasts_of_two.an_unfunded_mentor_who_was_another,
        pasts_of_two.an_unfunded_mentor_who_mentored_before,
        pasts_of_two.each_role_with_another_provider,
        pasts_of_two.completed_and_with_another_since,
        pasts_of_two.mentors_one_after_the_other,
        pasts_of_two.voided_and_taken_along,
        pasts_of_two.taken_back_before_a_closed_deadline,
        pasts_of_two.a_mentor_who_will_be_an_ect,
        pasts_of_two.undone_at_one_of_two,
        pasts_of_two.trained_by_the_next_school,
        pasts_of_two.mentored_from_a_day_in_london,
        pasts_of_two.a_mentor_who_goes_at_one,
        pasts_of_two.through_the_other_of_two,
        pasts_of_two.another_since_they_went,
        pasts_of_declarations.through_another_partner_since,
        pasts_of_declarations.seen_until_the_last_day,
        pasts_of_two.trained_in_the_same_hope,
        pasts_of_two.inducted_before_they_are_an_ect,
        pasts_of_two.funded_in_one_role_alone,
    ),
    (
        pasts_of_reports.reported_for_another_day,
        pasts_of_reports.mentors_at_two_schools,
        pasts_of_reports.begun_before_it_was_told,
        pasts_of_reports.mentored_until_either_goes,
        pasts_of_reports.corrected_when_both_are_over,
        pasts_of_reports.an_ect_who_is_a_mentor,
        pasts_of_reports.at_the_school_that_is_named,
        pasts_of_reports.with_whom_they_are_in_that_role,
        pasts_of_reports.mentored_before_and_since,
        pasts_of_reports.to_mentor_and_still_to_begin,
        pasts_of_reports.mentored_though_nobody_trains_them,
        pasts_of_reports.mentors_who_were_trained_before,
        pasts_of_reports.trained_with_whom_the_ect_is,
    ),
    (
        pasts_of_edges.declared_by_who_trains_them_otherwise,
        pasts_of_edges.hoped_for_in_an_earlier_cohort,
        pasts_of_edges.led_in_one_cohort_and_by_the_school_in_the_next,
        pasts_of_edges.back_on_the_last_day_at_school,
        pasts_of_edges.part_time_at_the_next_school,
        pasts_of_edges.wanted_for_no_day,
        pasts_of_edges.paused_without_a_reason,
        pasts_of_edges.into_another_cohort_through_one_of_two,
        pasts_of_edges.with_no_statement_left,
        pasts_of_edges.back_once_the_school_trains_them,
        pasts_of_edges.back_in_one_role_of_two,
        pasts_of_edges.unfunded_where_they_begin_last,
        pasts_of_schedules.completed_and_still_to_begin,
        pasts_of_schedules.out_of_a_frozen_cohort_into_an_earlier_one,
        pasts_of_schedules.back_into_a_frozen_cohort,
    ),
    (
        pasts_of_moments.frozen_since_then,
        pasts_of_moments.eligible_since_a_day_in_london,
        pasts_of_moments.merged_one_after_the_other,
        pasts_of_moments.replaced_once_the_money_goes_back,
        pasts_of_moments.bound_for_two_schools,
        pasts_of_moments.out_of_a_frozen_cohort_before_the_next,
        pasts_of_moments.trained_once_at_one_school_alone,
        pasts_of_moments.at_the_first_moment,
        pasts_of_schedules.out_of_a_frozen_cohort_in_one_role,
        pasts_of_registrations.undone_wherever_the_money_is,
    ),
    (
        pasts_of_evenings.registered_at_night,
        pasts_of_evenings.mentored_since_that_night,
        pasts_of_evenings.told_at_night,
        pasts_of_evenings.reported_at_night,
        pasts_of_evenings.completed_at_night,
        pasts_of_evenings.frozen_at_night,
        pasts_of_evenings.due_at_night,
    ),
    (
        pasts_of_days_to_come.changed_before_it_begins,
        pasts_of_days_to_come.inducted_from_a_day_to_come,
        pasts_of_days_to_come.funded_until_a_day_to_come,
        pasts_of_days_to_come.declared_without_an_offset,
    ),
    (
        pasts_of_money.told_what_is_known,
        pasts_of_money.eligible_with_what_two_declared,
        pasts_of_money.eligible_in_one_role_of_two,
        pasts_of_money.back_through_the_first_of_two,
        pasts_of_money.seen_until_it_is_taken_back,
        pasts_of_money.completed_and_paid_back,
    ),
    (
        pasts_of_what_stays.paused_once_they_had_gone,
        pasts_of_what_stays.out_of_order_in_another_cohort,
        pasts_of_what_stays.taken_back_under_another_id,
        pasts_of_what_stays.inducted_under_both_ids,
        pasts_of_what_stays.through_a_partner_that_changes,
        pasts_of_what_stays.read_on_both_sides_of_midnight,
    ),
    (
        pasts_of_faults.declared_with_two_things_wrong,
        pasts_of_faults.rescheduled_with_two_things_wrong,
        pasts_of_faults.paused_with_two_things_wrong,
        pasts_of_faults.confirmed_with_two_things_wrong,
    ),
)


@dataclass
class ThroughPasts(Walk):
    """Tells one part of them, whatever the seed."""

    def through(self, world: World, asked: list[Asked[World]]) -> None:
        """Tell one past after the other."""
        for step in sorted(organisations(), key=lambda step: step.at):
            self.take(step, world)
        past = Past(self, world, asked)
        for tell in TOGETHER[self.part]:
            tell(past)
        past.looks_everywhere(Random(self.part))
