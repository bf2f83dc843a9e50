using System.Buffers;
using Canonbury.Fhir.Search.Terms;
using Canonbury.Fhir.Search.Values;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Index;

/// <summary>
/// The search values of one resource as bytes, stored beside it: for each value its length, the parameters that have it, and the value. A value that
/// several parameters share (<c>subject</c> and <c>patient</c>) stands once. Composites, texts, <c>_source</c> and <c>_profile</c> are left out: the
/// few searches that want them read the resource.
/// </summary>
public static class IndexBytes
{
    /// <summary>The first byte: how the rest is written.</summary>
    private const byte Format = 1;

    public static byte[] Write(Resource resource)
    {
        Dictionary<SearchValue, List<int>> values = [];
        foreach (SearchParameter parameter in SearchParameters.Of(resource.TypeName).Values.Where(parameter => parameter.IsStored))
        {
            foreach (SearchValue value in parameter.Extract(resource).Select(Lean).OfType<SearchValue>())
            {
                if (!values.TryGetValue(value, out List<int>? numbers))
                {
                    values[value] = numbers = [];
                }

                if (!numbers.Contains(parameter.Number))
                {
                    numbers.Add(parameter.Number);
                }
            }
        }

        ArrayBufferWriter<byte> bytes = new(256);
        ValueWriter writer = new(bytes);
        writer.Byte(Format);
        foreach ((SearchValue value, List<int> numbers) in values)
        {
            writer.Entry(numbers, value);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The values of one parameter.</summary>
    public static IReadOnlyList<SearchValue> Read(ReadOnlySpan<byte> index, int parameter)
    {
        List<SearchValue>? found = null;
        ValueSpan rest = Open(index);
        while (!rest.IsEmpty)
        {
            ValueSpan entry = rest.Entry();
            if (entry.Names(parameter))
            {
                (found ??= []).Add(entry.Value());
            }
        }

        return (IReadOnlyList<SearchValue>?)found ?? [];
    }

    /// <summary>Whether one of the terms matches one of the values of a parameter.</summary>
    internal static bool Any(ReadOnlySpan<byte> index, int parameter, IReadOnlyList<SearchTerm> terms)
    {
        ValueSpan rest = Open(index);
        while (!rest.IsEmpty)
        {
            ValueSpan entry = rest.Entry();
            if (entry.Names(parameter))
            {
                SearchValue value = entry.Value();
                for (int i = 0; i < terms.Count; i++)
                {
                    if (terms[i].Matches(value))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static ValueSpan Open(ReadOnlySpan<byte> index) => index.IsEmpty || index[0] != Format
        ? throw new InvalidDataException("The stored search values are not of a form that this program knows.")
        : new ValueSpan(index[1..]);

    private static SearchValue? Lean(SearchValue value) => value is SearchValue.Token token
        ? token.Code is null && token.System is null ? null : new SearchValue.Token(token.System, token.Code)
        : value;
}
