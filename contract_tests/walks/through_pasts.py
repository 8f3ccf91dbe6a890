"""A walk through pasts told by hand, several in one world where none stands in the way of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from contract_tests.walking.walk import Asked
from contract_tests.walks import (
    pasts,
    pasts_of_declarations,
    pasts_of_faults,
    pasts_of_mentors,
    pasts_of_moves,
    pasts_of_records,
    pasts_of_schools,
    pasts_of_times,
    pasts_of_two,
)
from contract_tests.walks.chance import Chance
from contract_tests.walks.choosing import opening
from contract_tests.walks.past import Past
from contract_tests.walks.walk import Walk
from contract_tests.walks.world import World

A_YEAR: Final = 370  # days, after which everybody has come and gone, and what is to be paid has been
TOGETHER: Final[Sequence[Sequence[Callable[[Past], None]]]] = (
    (
        pasts_of_two.two_courses_of_which_one_is_validated,
        pasts_of_two.two_courses_of_which_one_is_verified,
        pasts_of_two.two_courses_of_two_cohorts,
        pasts_of_records.three_of_one_number,
        pasts_of_two.both_of_one_person_move,
        pasts_of_records.two_records_of_a_course,
        pasts_of_two.a_mentor_becomes_an_ect,
        pasts.joins_two_schools,
        pasts_of_mentors.gone_and_given_a_mentor,
        pasts.declared_by_two_and_validated,
        pasts.withdrawn_and_moved_all_the_same,
        pasts.all_else_is_kept,
        pasts_of_mentors.a_mentors_id_is_retired,
        pasts.each_sets_a_schedule_of_its_own,
        pasts.withdrawn_before_it_began,
        pasts.withdrawn_twice_in_a_day,
        pasts.withdrawn_and_told_of_since,
        pasts.withdrawn_and_moved_since,
        pasts.all_in_one_second,
        pasts.acted_on_at_midnight,
        pasts_of_two.gone_as_one_of_two,
        pasts_of_records.completed_by_a_duplicate,
        pasts_of_declarations.completed_among_others,
    ),
    (
        pasts_of_schools.a_school_decides_first,
        pasts_of_schools.what_was_made_for_one_person,
        pasts_of_schools.kept_with_another_partner,
        pasts_of_schools.a_partnership_is_confirmed,
        pasts_of_schools.a_programme_is_chosen,
        pasts_of_schools.cohorts_close,
        pasts_of_schools.out_of_a_closed_cohort,
        pasts_of_schools.a_programme_is_all_that_changed,
        pasts_of_schools.works_with_more,
        pasts_of_mentors.mentored_elsewhere,
        pasts_of_mentors.mentors_under_other_addresses,
        pasts_of_two.two_courses_of_which_one_is_started,
        pasts_of_schools.out_with_something_only_submitted,
        pasts_of_declarations.declared_as_extended_and_moved_out,
        pasts_of_declarations.declared_once_more,
    ),
    (
        pasts_of_moves.declared_of_the_time_before_a_move,
        pasts_of_moves.joins_where_nobody_trains_yet,
        pasts_of_moves.kept_where_their_provider_was_disowned,
        pasts_of_moves.readdressed_while_they_move,
        pasts_of_two.withdrawn_as_one_of_two,
        pasts_of_records.declared_of_one_record_of_two,
        pasts_of_mentors.moved_before_they_mentored,
        pasts_of_records.two_ids_that_each_took_another,
        pasts_of_records.reported_under_either_id,
        pasts_of_mentors.mentors_of_whom_more_is_to_be_known,
        pasts_of_moves.another_had_that_partner,
        pasts_of_schools.disowned_the_year_before,
    ),
    (
        pasts_of_times.reported_as_of_another_time,
        pasts_of_times.reported_by_two_as_of_two_times,
        pasts_of_times.declared_as_of_another_time,
        pasts_of_times.confirmed_as_of_another_time,
        pasts_of_times.told_of_the_very_moment,
        pasts_of_times.closed_as_of_another_time,
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
        for step in opening(Chance(Random(1)), world.register.now):
            self.take(step, world)
        past = Past(self, world, asked)
        for tell in TOGETHER[self.part]:
            tell(past)
        past.looks_everywhere()
        past.waits(A_YEAR)
        past.looks()
        if world.version == "v3":
            past.challenges_all()
