using System.Globalization;
using Canonbury.Borough.Health;
using Canonbury.Borough.Hl7;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Where one system writes about one person: it knows who they are to it at any moment, and numbers what it sends.</summary>
internal sealed class Desk(Registration registration, Resident resident, HealthProfile health, string run, ICollection<SourceEvent> events)
{
    private int sent;
    private int keys;

    public SourceSystem System => registration.System;

    public string LocalId => registration.LocalId;

    public Resident Resident => resident;

    public HealthProfile Health => health;

    public Registration Latest => registration;

    /// <summary>The person as this system had them at a moment: before a move or a change of name it had the old ones.</summary>
    public Registration At(DateTime moment)
    {
        DateOnly day = DateOnly.FromDateTime(moment);
        Registration then = registration;
        if (resident.MovedOn > day && then.Address == resident.Address)
        {
            then = then with { Address = resident.FormerAddress };
        }

        if (resident.NameChangedOn > day && then.Family == resident.Family)
        {
            then = then with { Family = resident.FormerFamily ?? then.Family };
        }

        return then.Died >= day ? then with { Died = null } : then;
    }

    public Hl7Message Begin(string type, string trigger, string structure, DateTime at) => new(System, type, trigger, structure, at, ControlId(sent + 1));

    public void Send(Hl7Message message, string kind, DateTime at, int results = 0) => Send(message.ToBytes(), kind, at, results);

    /// <summary>A system sends nothing about a person from before it met them.</summary>
    public void Send(byte[] payload, string kind, DateTime at, int results = 0)
    {
        if (at < registration.Since)
        {
            return;
        }

        sent++;
        events.Add(new SourceEvent(System, at, LocalId, ControlId(sent), kind, results, payload));
    }

    /// <summary>A business key that only this person in this system has: a visit, an order, a letter.</summary>
    public string NextKey(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{LocalId}{run}-{++keys}");

    // MSH-10 holds 20 characters in HL7 v2.4; hexadecimal keeps person, run and number within them.
    private string ControlId(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{System.Prefix}{resident.Number:X}{(registration.IsDuplicate ? Registration.DuplicateMark.ToString() : "")}{run}.{number}");
}
