using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Statements;
using Hl7.Fhir.Model;

namespace Canonbury.Record.Folding;

/// <summary>
/// What must be remembered of a resource's statements so that a late one finds its place: the newest statement about the whole, and for
/// each key stated since, when. What was stated is in the resource itself; a key without a value there was cleared.
/// </summary>
internal sealed class FoldState
{
    /// <summary>The newest statement about the whole resource; null where there was none.</summary>
    public Stamp? Whole { get; set; }

    /// <summary>True where <see cref="Whole"/> was a deletion.</summary>
    public bool WholeIsDeletion { get; set; }

    /// <summary>Keys stated after <see cref="Whole"/>.</summary>
    public Dictionary<string, Stamp> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The other patients that the newest statement about the whole names.</summary>
    public IReadOnlyList<PatientId> Mentions { get; set; } = [];

    /// <summary>The patients that owned the resource before its subject changed: their rows hold its earlier versions.</summary>
    public IReadOnlyList<PatientId> FormerOwners { get; set; } = [];

    /// <summary>What was stated and does not stand in the resource now (<see cref="StatementKeys.IsSeen"/>).</summary>
    public Dictionary<string, Extension> Unseen { get; } = new(StringComparer.Ordinal);

    /// <summary>The newest statement of all; null where there was none.</summary>
    public Stamp? Newest => Keys.Values.Append(Whole).Max();

    public bool IsDeleted => WholeIsDeletion && Keys.Count == 0;

    public byte[] ToBytes()
    {
        if (Keys.Count == 0 && Unseen.Count == 0 && Mentions.Count == 0 && FormerOwners.Count == 0 && Whole is { } only && ShortFold.Write(only, WholeIsDeletion) is { } few)
        {
            return few;
        }

        ArrayBufferWriter<byte> buffer = new(128);
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            if (Whole is { } whole)
            {
                writer.WriteStartArray(WholeIsDeletion ? "d"u8 : "w"u8);
                Write(writer, whole);
                writer.WriteEndArray();
            }

            Write(writer, "m"u8, Mentions);
            Write(writer, "o"u8, FormerOwners);

            // Most keys of a message share its stamp. Sorted, so that equal states are equal bytes.
            foreach (IGrouping<Stamp, string> group in Keys.OrderBy(pair => pair.Key, StringComparer.Ordinal).GroupBy(pair => pair.Value, pair => pair.Key))
            {
                writer.WriteStartArray("k"u8);
                Write(writer, group.Key);
                foreach (string key in group)
                {
                    writer.WriteStringValue(key);
                }

                writer.WriteEndArray();
            }

            foreach ((string key, Extension value) in Unseen.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteStartArray("u"u8);
                writer.WriteStringValue(key);
                writer.WriteStringValue(FhirJson.ToUtf8(new Patient { Extension = [value] }));
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static FoldState Of(ReadOnlySpan<byte> bytes)
    {
        FoldState state = new();
        if (ShortFold.Read(bytes) is var (only, isDeletion))
        {
            (state.Whole, state.WholeIsDeletion) = (only, isDeletion);
            return state;
        }

        Utf8JsonReader reader = new(bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            byte letter = reader.ValueSpan[0];
            reader.Read();
            reader.Read();
            if (letter == 'm')
            {
                state.Mentions = ReadPatients(ref reader);
                continue;
            }

            if (letter == 'o')
            {
                state.FormerOwners = ReadPatients(ref reader);
                continue;
            }

            if (letter == 'u')
            {
                string key = reader.GetString()!;
                reader.Read();
                state.Unseen[key] = ((Patient)FhirJson.ParseStored(Encoding.UTF8.GetBytes(reader.GetString()!)).Resource!).Extension[0];
                reader.Read();
                continue;
            }

            Stamp stamp = ReadStamp(ref reader);
            if (letter is (byte)'w' or (byte)'d')
            {
                (state.Whole, state.WholeIsDeletion) = (stamp, letter == 'd');
            }

            for (; reader.TokenType == JsonTokenType.String; reader.Read())
            {
                state.Keys[reader.GetString()!] = stamp;
            }
        }

        return state;
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> letter, IReadOnlyList<PatientId> patients)
    {
        if (patients.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(letter);
        foreach (PatientId patient in patients)
        {
            writer.WriteStringValue(patient.Value);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Stamp stamp)
    {
        writer.WriteStringValue(stamp.At.UtcTicks.ToString(CultureInfo.InvariantCulture));
        writer.WriteStringValue(stamp.Tie);
    }

    private static Stamp ReadStamp(ref Utf8JsonReader reader)
    {
        long ticks = long.Parse(reader.GetString()!, CultureInfo.InvariantCulture);
        reader.Read();
        string tie = reader.GetString()!;
        reader.Read();
        return new Stamp(new DateTimeOffset(ticks, TimeSpan.Zero), tie);
    }

    private static List<PatientId> ReadPatients(ref Utf8JsonReader reader)
    {
        List<PatientId> patients = [];
        for (; reader.TokenType == JsonTokenType.String; reader.Read())
        {
            patients.Add(new PatientId(reader.GetGuid()));
        }

        return patients;
    }
}
