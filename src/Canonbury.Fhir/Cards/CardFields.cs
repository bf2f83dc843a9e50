using System.Text.Json;

namespace Canonbury.Fhir.Cards;

/// <summary>The values of one card while <see cref="CardJson"/> reads it.</summary>
internal struct CardFields
{
    private Section section;
    private string? title, system, code, originalText, status, verification, when, until, recorded, author, place, comparator, unit,
        unitCode;
    private string? text, rangeText, interpretation, severity, partOf, replaces, group, searchText;
    private decimal? value, low, high;
    private CardParts? parts;
    private bool withdrawn;

    public void Take(byte letter, ref Utf8JsonReader reader)
    {
        switch (letter)
        {
            case (byte)'s': section = (Section)reader.GetInt32(); break;
            case (byte)'t': title = reader.GetString(); break;
            case (byte)'y': system = reader.GetString(); break;
            case (byte)'c': code = reader.GetString(); break;
            case (byte)'o': originalText = reader.GetString(); break;
            case (byte)'k': status = reader.GetString(); break;
            case (byte)'v': verification = reader.GetString(); break;
            case (byte)'w': when = reader.GetString(); break;
            case (byte)'e': until = reader.GetString(); break;
            case (byte)'r': recorded = reader.GetString(); break;
            case (byte)'a': author = reader.GetString(); break;
            case (byte)'p': place = reader.GetString(); break;
            case (byte)'n': value = reader.GetDecimal(); break;
            case (byte)'m': comparator = reader.GetString(); break;
            case (byte)'u': unit = reader.GetString(); break;
            case (byte)'U': unitCode = reader.GetString(); break;
            case (byte)'q': parts = CardPartJson.Read(ref reader); break;
            case (byte)'x': text = reader.GetString(); break;
            case (byte)'l': low = reader.GetDecimal(); break;
            case (byte)'h': high = reader.GetDecimal(); break;
            case (byte)'R': rangeText = reader.GetString(); break;
            case (byte)'i': interpretation = reader.GetString(); break;
            case (byte)'S': severity = reader.GetString(); break;
            case (byte)'b': partOf = reader.GetString(); break;
            case (byte)'z': replaces = reader.GetString(); break;
            case (byte)'g': group = reader.GetString(); break;
            case (byte)'d': withdrawn = true; break;
            case (byte)'f': searchText = reader.GetString(); break;
            default: reader.Skip(); break;
        }
    }

    public readonly Card ToCard() => new()
    {
        Section = section,
        Title = title ?? throw new JsonException("A stored card has no title."),
        System = system,
        Code = code,
        OriginalText = originalText,
        Status = status,
        Verification = verification,
        When = when,
        Until = until,
        Recorded = recorded,
        Author = author,
        Place = place,
        Value = value,
        Comparator = comparator,
        Unit = unit,
        UnitCode = unitCode,
        Parts = parts ?? CardParts.None,
        Text = text,
        Low = low,
        High = high,
        RangeText = rangeText,
        Interpretation = interpretation,
        Severity = severity,
        PartOf = partOf,
        Replaces = replaces,
        Group = group,
        Withdrawn = withdrawn,
        SearchText = searchText,
    };
}
