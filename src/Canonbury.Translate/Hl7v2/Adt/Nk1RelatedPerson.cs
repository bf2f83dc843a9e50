using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>NK1: next of kin and other contacts (map NK1[RelatedPerson]), each a resource of its own, whole in every message.</summary>
public static class Nk1RelatedPerson
{
    public static void Map(Draft draft)
    {
        foreach (Segment nk1 in draft.Message.All("NK1"))
        {
            if (Read(nk1, draft) is { } related)
            {
                draft.State(related, StatementMode.Snapshot);
            }
        }
    }

    private static RelatedPerson? Read(Segment nk1, Draft draft)
    {
        RelatedPerson related = new() { Patient = draft.PatientReference() };
        Names(nk1[2], related, draft);
        Names(nk1[30], related, draft);
        if (nk1[13].Text is { } organisation && related.Name.Count == 0)
        {
            related.Name.Add(new HumanName { Text = organisation });
        }

        Relationship(nk1[3], null, related, draft);
        Relationship(nk1[7], Cwe.Table("0131"), related, draft);
        Addresses(nk1[4], related, draft);
        Addresses(nk1[32], related, draft);
        Telecom(nk1[5], null, related, draft);
        Telecom(nk1[6], ContactPoint.ContactPointUse.Work, related, draft);
        Telecom(nk1[31], null, related, draft);
        Telecom(nk1[40], null, related, draft);
        Telecom(nk1[41], null, related, draft);
        foreach (int number in (ReadOnlySpan<int>)[33, 12])
        {
            foreach (Repetition cx in nk1[number])
            {
                if (Cx.ToIdentifier(cx, draft) is { } identifier)
                {
                    related.Identifier.Add(identifier);
                }
            }
        }

        related.Gender = nk1[15].Text is { } sex ? Genders.Of(sex) : null;
        related.BirthDateElement = Moment.Read(nk1[16], draft)?.FhirDate;
        related.Period = Periods.Of(Moment.Read(nk1[8], draft), Moment.Read(nk1[9], draft));
        if (Cwe.ToConcept(nk1[20], draft) is { } language)
        {
            related.Communication.Add(new RelatedPerson.CommunicationComponent { Language = language });
        }

        if (related.Name.Count == 0 && related.Identifier.Count == 0)
        {
            return null;
        }

        related.Id = draft.IdOf("RelatedPerson", KeyOf(nk1, draft));
        return related;
    }

    /// <summary>
    /// NK1-1 only counts, so the key is the contact's own identifier, else the name and the relationship, of this patient.
    /// </summary>
    private static string KeyOf(Segment nk1, Draft draft) =>
        $"{draft.PatientKey}|{PatientKey.OfCx(nk1[33].First) ?? PatientKey.OfCx(nk1[12].First)
            ?? $"{Xpn.ToText(nk1[2].First) ?? nk1[13].Text}|{nk1[3].Text}".ToUpperInvariant()}";

    private static void Names(Field field, RelatedPerson related, Draft draft)
    {
        foreach (Repetition xpn in field)
        {
            if (Xpn.ToHumanName(xpn, draft) is { } name)
            {
                related.Name.Add(name);
            }
        }
    }

    private static void Relationship(Field field, string? system, RelatedPerson related, Draft draft)
    {
        if (Cwe.ToConcept(field, draft, system) is { } relationship)
        {
            related.Relationship.Add(Relationships.WithFhirCode(relationship, system is null ? field.Text : null));
        }
    }

    private static void Addresses(Field field, RelatedPerson related, Draft draft)
    {
        foreach (Repetition xad in field)
        {
            if (Xad.ToAddress(xad, draft) is { } address)
            {
                related.Address.Add(address);
            }
        }
    }

    private static void Telecom(Field field, ContactPoint.ContactPointUse? use, RelatedPerson related, Draft draft)
    {
        foreach (Repetition xtn in field)
        {
            if (Xtn.ToContactPoint(xtn, draft, use) is { } point)
            {
                related.Telecom.Add(point);
            }
        }
    }
}
