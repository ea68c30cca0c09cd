"""Errors of records: values that cannot be accepted, states that do not allow a change."""

from ikmctl.errors.base import USAGE, Rejected
from ikmctl.language import N_, N_plural


class ValueRejected(Rejected):
    code = "value-rejected"
    sentence = N_("{field} “{value}”: {reason}.")
    remedy = N_("{advice}")

    def __str__(self) -> str:
        return super().__str__().replace(" “”:", ":")  # an empty value is not quoted


class NibTaken(Rejected):
    code = "nib-taken"
    sentence = N_("NIB {nib} already belongs to {name} (no. {number}).")
    remedy = N_("Check the number on the NIB document, or see: ikmctl show-business {number}")


class AlreadyRegistered(Rejected):
    code = "already-registered"
    sentence = N_("{name} is already registered as no. {number}, with the same owner and kelurahan.")
    remedy = N_("See: ikmctl show-business {number}. If it is another business, add --yes.")


class NameTaken(Rejected):
    code = "name-taken"
    sentence = N_("“{name}” already exists (no. {number}).")
    remedy = N_("Choose another name, or change the existing record with the edit command.")


class EndBeforeStart(Rejected):
    code = "end-before-start"
    sentence = N_("The end, {end}, is before the start, {start}.")
    remedy = N_("Dates are day first: 11/10/2021 is 11 October 2021. Correct one of the two.")


class OwnMember(Rejected):
    code = "own-member"
    sentence = N_("{name} would become a member of itself: {path}.")
    remedy = N_("Choose another group, or remove it with --group -")


class NotAGroup(Rejected):
    code = "not-a-group"
    sentence = N_("{name} is not a group: its form is {form}.")
    remedy = N_("If it is a group: ikmctl edit-business {number} --form group")


class AlreadyClosed(Rejected):
    code = "already-closed"
    sentence = N_("{name} has been closed since {date}.")
    remedy = N_("To open it again: ikmctl reopen-{kind} {number}")


class OpenedBeforeClosed(Rejected):
    code = "opened-before-closed"
    sentence = N_("{name} was closed on {closed}. It cannot be reopened on an earlier day, {date}.")
    remedy = N_("Give that day or a later one with --on.")


class NotClosed(Rejected):
    code = "not-closed"
    sentence = N_("{name} is not closed.")
    remedy = N_("There is nothing to reopen.")


class EventNotYet(Rejected):
    code = "event-not-yet"
    sentence = N_("{name} begins on {date}. It cannot be {status} before that day.")
    remedy = N_("Correct the date with --starts-on, or leave the event planned.")


class BudgetTooSmall(Rejected):
    code = "budget-too-small"
    sentence = N_("The total budget, {total}, is less than the sum of its sources, {sum}.")
    remedy = N_("Give a larger total with --budget, or --budget - to have the sources added up.")


class NoSuchParty(Rejected):
    code = "no-such-party"
    sentence = N_("{field} “{name}” is not on this event; it has: {candidates}.")
    remedy = N_("Write the name as show-event shows it. +NAME adds one, -NAME removes one.")


class EventCancelled(Rejected):
    code = "event-cancelled"
    sentence = N_("{name} was cancelled on {date}: nobody took part in it.")
    remedy = N_("If it was held after all: ikmctl reopen-event {number}")


class EventClosed(Rejected):
    code = "event-closed"
    sentence = N_("The participant list of {name} has been closed since {date}.")
    remedy = N_("To change the list: ikmctl reopen-event {number}")


class ParticipantTwice(Rejected):
    code = "participant-twice"
    sentence = N_("{name} is already on the list of {event}.")
    remedy = N_(
        "Nobody was added. Leave the name out; if it is somebody else, say who with --organisation or --business."
    )


class SameName(Rejected):
    code = "same-name"
    sentence = N_("{name} is already on the list of {event} ({known}): this may be the same person.")
    remedy = N_("If it is somebody else, add --yes, or say who with --organisation or --business.")


class OneParticipant(Rejected):
    code = "one-participant"
    sentence = N_("{one} and {other} (no. {number}) are one participant: a person and the business of that person.")
    remedy = N_("Keep one of the two entries: ikmctl remove-participant {event} {number}")


class DelegateOfNobody(Rejected):
    code = "delegate-of-nobody"
    sentence = N_("{name}, a delegate, has no organisation.")
    remedy = N_(
        "Say whom: --organisation NAME, or --delegate “NAME / POSITION / ORGANISATION”, or --guest of the event."
    )


class NobodyGiven(Rejected):
    code = "nobody-given"
    exit_status = USAGE
    sentence = N_("No participant was given.")
    remedy = N_("Name businesses with --business, sentra with --sentra, people with --person; each may be repeated.")


class UnevenLists(Rejected):
    code = "uneven-lists"
    exit_status = USAGE
    sentence_for_one, sentence = N_plural(
        "--{option} was given once for {people} people.", "--{option} was given {count} times for {people} people."
    )
    remedy = N_("Give it once for all of them, or once for each in the same order.")


class HasDependents(Rejected):
    code = "has-dependents"
    sentence_for_one, sentence = N_plural(
        "{name} cannot be deleted, because {count} other record refers to it: {records}.",
        "{name} cannot be deleted, because {count} other records refer to it: {records}.",
    )
    remedy = N_("{options}")


class SameBusiness(Rejected):
    code = "same-business"
    exit_status = USAGE
    sentence = N_("Both names mean the same business: {name} (no. {number}).")
    remedy = N_("Give two different ones, by their numbers.")


class MemberOfOther(Rejected):
    code = "member-of-other"
    sentence = N_("{member} is a member of {group}: a group and its member are not the same business.")
    remedy = N_("If the membership is wrong, remove it first: ikmctl edit-business {number} --group -")
