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
            case (byte)'t': title = RepeatedText.Read(ref reader); break;
            case (byte)'y': system = RepeatedText.Read(ref reader); break;
            case (byte)'c': code = RepeatedText.Read(ref reader); break;
            case (byte)'o': originalText = RepeatedText.Read(ref reader); break;
            case (byte)'k': status = RepeatedText.Read(ref reader); break;
            case (byte)'v': verification = RepeatedText.Read(ref reader); break;
            case (byte)'w': when = RepeatedText.Read(ref reader); break;
            case (byte)'e': until = RepeatedText.Read(ref reader); break;
            case (byte)'r': recorded = RepeatedText.Read(ref reader); break;
            case (byte)'a': author = RepeatedText.Read(ref reader); break;
            case (byte)'p': place = RepeatedText.Read(ref reader); break;
            case (byte)'n': value = reader.GetDecimal(); break;
            case (byte)'m': comparator = RepeatedText.Read(ref reader); break;
            case (byte)'u': unit = RepeatedText.Read(ref reader); break;
            case (byte)'U': unitCode = RepeatedText.Read(ref reader); break;
            case (byte)'q': parts = CardPartJson.Read(ref reader); break;
            case (byte)'x': text = RepeatedText.Read(ref reader); break;
            case (byte)'l': low = reader.GetDecimal(); break;
            case (byte)'h': high = reader.GetDecimal(); break;
            case (byte)'R': rangeText = RepeatedText.Read(ref reader); break;
            case (byte)'i': interpretation = RepeatedText.Read(ref reader); break;
            case (byte)'S': severity = RepeatedText.Read(ref reader); break;
            case (byte)'b': partOf = RepeatedText.Read(ref reader); break;
            case (byte)'z': replaces = RepeatedText.Read(ref reader); break;
            case (byte)'g': group = RepeatedText.Read(ref reader); break;
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
