using System.Globalization;
using Canonbury.Borough.People;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>Writes which patients are the same person, for the evaluation of matching: one CSV line a registration.</summary>
public sealed class TruthWriter(TextWriter file) : IAsyncDisposable
{
    public const string Header = "source,local_id,patient_key,nhs_number_sent,person,household,twin_of,duplicate,confused";

    private bool started;

    public async Task WriteAsync(Resident resident, IReadOnlyList<Registration> registrations)
    {
        if (!started)
        {
            started = true;
            await file.WriteLineAsync(Header);
        }

        foreach (Registration each in registrations)
        {
            bool confused = each.NhsNumber is not null && each.NhsNumber == resident.ConfusedNhsNumber;
            await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{each.System.Code},{each.LocalId},{each.PatientKey},{each.NhsNumber},{resident.Number},{resident.Household},{resident.TwinOf},{Flag(each.IsDuplicate)},{Flag(confused)}"));
        }
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private static int Flag(bool value) => value ? 1 : 0;
}
