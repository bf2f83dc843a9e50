using Canonbury.Fhir.Statements;
using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>RF1 and PRD of a REF as a referral (no published map; HL7 v2 chapter 11).</summary>
internal static class Rf1Referral
{
    private const string PatientReferral = "3457005";

    public static void Map(Draft draft)
    {
        Segment rf1 = draft.Message.First("RF1");
        if ((OrderKeys.Number(rf1[6]) ?? OrderKeys.Number(rf1[11])) is not { } number)
        {
            throw new UntranslatableException("RF1-6", "referral-id-missing", "Neither RF1-6 nor RF1-11 names the referral.");
        }

        ServiceRequest referral = new()
        {
            Id = draft.IdOf("ServiceRequest", "R|" + number),
            Status = Status(rf1[1].Text, draft.Trigger),
            Intent = RequestIntent.Order,
            Category = [new CodeableConcept(CodingSystems.Snomed, PatientReferral, "Patient referral", null)],
            Code = Cwe.ToConcept(rf1[3], draft, Cwe.Table("0281")),
            Priority = rf1[2].Text is { } priority ? OrderCodes.Priority(priority) : null,
            Subject = draft.PatientReference(),
            Encounter = draft.Encounter,
            AuthoredOnElement = Moment.Read(rf1[9], draft)?.FhirDateTime ?? Moment.Read(rf1[7], draft)?.FhirDateTime,
        };
        Ei.AddTo(referral.Identifier, rf1[6], rf1[6], "PLAC", draft);
        Ei.AddTo(referral.Identifier, rf1[11], rf1[11], "FILL", draft);
        referral.ReasonCode.AddRange(Cwe.ToConcepts(rf1[10], draft, Cwe.Table("0336")));
        foreach (Segment prd in draft.Message.All("PRD"))
        {
            AddProvider(referral, prd, draft);
        }

        draft.State(referral, StatementMode.Elements);
    }

    /// <summary>Table 0283; the event says it where RF1-1 does not: I14 cancels.</summary>
    private static RequestStatus Status(string? code, string trigger) => code switch
    {
        "E" => RequestStatus.Completed,
        "R" => RequestStatus.Revoked,
        "P" or "A" => RequestStatus.Active,
        _ => trigger == "I14" ? RequestStatus.Revoked : RequestStatus.Active,
    };

    /// <summary>PRD-1, table 0286: RP refers, RT is referred to.</summary>
    private static void AddProvider(ServiceRequest referral, Segment prd, Draft draft)
    {
        Repetition name = prd[2].First;
        string? words = Xpn.Joined(name[5].Text, name[2].Text, name[3].Text, name[1].Sub(1), name[4].Text, name[6].Text);
        if (words is null)
        {
            return;
        }

        ResourceReference provider = new() { Type = "Practitioner", Display = words };
        if (prd[7][1].Text is { } id)
        {
            provider.Identifier = new Identifier(SourceSystems.Local(draft.Source, prd[7][2].Text ?? "practitioner"), id);
        }

        switch (prd[1].Text)
        {
            case "RP":
                referral.Requester = provider;
                break;
            case "RT":
                referral.Performer.Add(provider);
                break;
        }
    }
}
