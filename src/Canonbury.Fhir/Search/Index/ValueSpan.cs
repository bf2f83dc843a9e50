using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Canonbury.Fhir.Search.Values;
using Canonbury.Fhir.Types;

namespace Canonbury.Fhir.Search.Index;

/// <summary>Reads what <see cref="ValueWriter"/> wrote, from the front.</summary>
internal ref struct ValueSpan(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool IsEmpty => rest.IsEmpty;

    /// <summary>Takes the next entry off.</summary>
    public ValueSpan Entry()
    {
        int length = (int)Number();
        ReadOnlySpan<byte> entry = rest[..length];
        rest = rest[length..];
        return new ValueSpan(entry);
    }

    /// <summary>Whether the entry is one of the parameter; the value is then what is left.</summary>
    public bool Names(int parameter)
    {
        bool named = false;
        for (ulong count = Number(); count > 0; count--)
        {
            named |= Number() == (ulong)parameter;
        }

        return named;
    }

    public SearchValue Value()
    {
        ValueKind kind = (ValueKind)rest[0];
        rest = rest[1..];
        return kind switch
        {
            ValueKind.Token => new SearchValue.Token(System(), Text()),
            ValueKind.Words => new SearchValue.Words(Text()!),
            ValueKind.Date => Date(),
            ValueKind.Day => Date(TimeSpan.TicksPerDay),
            ValueKind.Second => Date(TimeSpan.TicksPerSecond),
            ValueKind.Millisecond => Date(TimeSpan.TicksPerMillisecond),
            ValueKind.Quantity => Quantity(),
            ValueKind.LocalGuid => Local(),
            ValueKind.Reference => new SearchValue.Reference(Text(), Text(), Text(), Text()),
            ValueKind.Logical => new SearchValue.Logical(System(), Text()),
            ValueKind.Uri => new SearchValue.Uri(Text()!),
            _ => throw new InvalidDataException($"A stored search value has kind {kind}, which this program does not know."),
        };
    }

    private SearchValue.Date Date()
    {
        long first = BinaryPrimitives.ReadInt64BigEndian(rest);
        rest = rest[8..];
        return new SearchValue.Date(new DateRange(first, first + (long)Number()));
    }

    private SearchValue.Date Date(long width)
    {
        long first = DateWidths.Epoch + ((long)Number() * width);
        return new SearchValue.Date(new DateRange(first, first + width - 1));
    }

    private SearchValue.Quantity Quantity()
    {
        decimal? low = Decimal();
        decimal? high = Decimal();
        high = rest[0] == 1 ? low : high;
        rest = rest[1..];
        string? system = System();
        string? code = Text();
        string? unit = Text();
        return new SearchValue.Quantity(low, high, system, code, unit is "" ? code : unit);
    }

    private SearchValue.Reference Local()
    {
        string type = ResourceTypes.NameOf((int)Number());
        Guid id = new(rest[..16], bigEndian: true);
        rest = rest[16..];
        return new SearchValue.Reference(null, type, id.ToString("D"), null);
    }

    private ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private string? Text()
    {
        int length = (int)Number() - 1;
        if (length < 0)
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return text;
    }

    private string? System()
    {
        int number = (int)Number() - 1;
        return number < 0 ? Text() : KnownSystems.At(number);
    }

    private decimal? Decimal() => Text() is { } text ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
}
