using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Canonbury.Fhir.Search.Values;
using Canonbury.Fhir.Types;

namespace Canonbury.Fhir.Search.Index;

/// <summary>Writes search values; <see cref="ValueSpan"/> reads them.</summary>
internal readonly struct ValueWriter(ArrayBufferWriter<byte> bytes)
{
    public void Byte(byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    /// <summary>The length of the entry, how many parameters have it, which, and the value.</summary>
    public void Entry(List<int> parameters, SearchValue value)
    {
        ArrayBufferWriter<byte> body = new(64);
        ValueWriter entry = new(body);
        entry.Number((ulong)parameters.Count);
        foreach (int parameter in parameters)
        {
            entry.Number((ulong)parameter);
        }

        entry.Value(value);
        Number((ulong)body.WrittenCount);
        bytes.Write(body.WrittenSpan);
    }

    private void Value(SearchValue value)
    {
        switch (value)
        {
            case SearchValue.Token token:
                Kind(ValueKind.Token);
                System(token.System);
                Text(token.Code);
                break;
            case SearchValue.Words words:
                Kind(ValueKind.Words);
                Text(words.Original);
                break;
            case SearchValue.Date date:
                Date(date.Range);
                break;
            case SearchValue.Quantity quantity:
                Kind(ValueKind.Quantity);
                Decimal(quantity.Low);
                Decimal(quantity.High == quantity.Low ? null : quantity.High);
                Byte((byte)(quantity.High == quantity.Low ? 1 : 0));
                System(quantity.System);
                Text(quantity.Code);
                Text(quantity.Unit is { } unit && unit == quantity.Code ? "" : quantity.Unit);
                break;
            case SearchValue.Reference { Base: null, Version: null, Id: { } id } local when Guid.TryParseExact(id, "D", out Guid key) && key.ToString("D") == id:
                Kind(ValueKind.LocalGuid);
                Number((ulong)ResourceTypes.NumberOf(local.Type!));
                key.TryWriteBytes(bytes.GetSpan(16), bigEndian: true, out _);
                bytes.Advance(16);
                break;
            case SearchValue.Reference reference:
                Kind(ValueKind.Reference);
                Text(reference.Base);
                Text(reference.Type);
                Text(reference.Id);
                Text(reference.Version);
                break;
            case SearchValue.Logical logical:
                Kind(ValueKind.Logical);
                System(logical.System);
                Text(logical.Value);
                break;
            case SearchValue.Uri uri:
                Kind(ValueKind.Uri);
                Text(uri.Text);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), "A composite is not stored.");
        }
    }

    private void Kind(ValueKind kind) => Byte((byte)kind);

    /// <summary>Seven bits a byte, the lowest first; the eighth bit says that more follow.</summary>
    private void Number(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    /// <summary>A day, a second or a millisecond, which nearly all dates are, is its number since the epoch; any other range is its two ends.</summary>
    private void Date(DateRange range)
    {
        foreach ((ValueKind kind, long width) in DateWidths.All)
        {
            long since = range.First - DateWidths.Epoch;
            if (since >= 0 && since % width == 0 && range.Last - range.First == width - 1)
            {
                Kind(kind);
                Number((ulong)(since / width));
                return;
            }
        }

        Kind(ValueKind.Date);
        Ticks(range.First);
        Number((ulong)(range.Last - range.First));
    }

    private void Ticks(long ticks)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(8), ticks);
        bytes.Advance(8);
    }

    /// <summary>Its length and one more, then UTF-8; 0 for null.</summary>
    private void Text(string? text)
    {
        if (text is null)
        {
            Byte(0);
            return;
        }

        int length = Encoding.UTF8.GetByteCount(text);
        Number((ulong)length + 1);
        bytes.Advance(Encoding.UTF8.GetBytes(text, bytes.GetSpan(Math.Max(1, length))));
    }

    /// <summary>A system that many values have is its number in <see cref="KnownSystems"/>, with one more; any other is 0 and its text.</summary>
    private void System(string? system)
    {
        int number = KnownSystems.NumberOf(system);
        Number((ulong)(number + 1));
        if (number < 0)
        {
            Text(system);
        }
    }

    private void Decimal(decimal? value) => Text(value?.ToString(CultureInfo.InvariantCulture));
}

/// <summary>The forms of a stored value; numbers are never reused.</summary>
internal enum ValueKind : byte
{
    Token = 1,
    Words = 2,
    Date = 3,
    Quantity = 4,
    LocalGuid = 5,
    Reference = 6,
    Logical = 7,
    Uri = 8,
    Day = 9,
    Second = 10,
    Millisecond = 11,
}

/// <summary>The usual precisions of dates, in ticks.</summary>
internal static class DateWidths
{
    /// <summary>Before every birth date.</summary>
    public static readonly long Epoch = new DateTime(1800, 1, 1).Ticks;

    public static readonly (ValueKind Kind, long Ticks)[] All =
    [
        (ValueKind.Day, TimeSpan.TicksPerDay), (ValueKind.Second, TimeSpan.TicksPerSecond), (ValueKind.Millisecond, TimeSpan.TicksPerMillisecond),
    ];
}
