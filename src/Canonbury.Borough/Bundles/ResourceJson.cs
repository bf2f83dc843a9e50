using System.Globalization;
using System.Text.Json;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Bundles;

/// <summary>Writes the elements of one resource: the few FHIR data types that the borough's systems use.</summary>
internal readonly struct ResourceJson(Utf8JsonWriter json)
{
    public Utf8JsonWriter Json => json;

    public void Meta(string profile, bool restricted = false)
    {
        json.WriteStartObject("meta");
        json.WriteStartArray("profile");
        json.WriteStringValue("https://fhir.hl7.org.uk/StructureDefinition/UKCore-" + profile);
        json.WriteEndArray();
        if (restricted)
        {
            json.WriteStartArray("security");
            Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", "restricted");
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public void Text(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    public void Identifier(string system, string value)
    {
        json.WriteStartArray("identifier");
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("value", value);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public void Concept(string name, Health.Coding coding)
    {
        json.WriteStartObject(name);
        ConceptBody(coding);
        json.WriteEndObject();
    }

    public void Concepts(string name, Health.Coding coding)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        ConceptBody(coding);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public void Status(string name, string system, string code) => Concept(name, new Health.Coding("http://terminology.hl7.org/CodeSystem/" + system, code, ""));

    public void Reference(string name, string reference, string? display = null)
    {
        json.WriteStartObject(name);
        ReferenceBody(reference, display);
        json.WriteEndObject();
    }

    public void References(string name, string reference, string? display = null)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        ReferenceBody(reference, display);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public void Time(string name, DateTime wall) =>
        json.WriteString(name, LondonClock.WithOffset(wall).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));

    public void Date(string name, DateOnly day) => json.WriteString(name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public void Period(DateTime start, DateTime? end)
    {
        json.WriteStartObject("period");
        Time("start", start);
        if (end is DateTime known)
        {
            Time("end", known);
        }

        json.WriteEndObject();
    }

    public void Quantity(string name, double value, string unit, string ucum)
    {
        json.WriteStartObject(name);
        json.WriteNumber("value", (decimal)value);
        json.WriteString("unit", unit);
        json.WriteString("system", "http://unitsofmeasure.org");
        json.WriteString("code", ucum);
        json.WriteEndObject();
    }

    public void Note(string text)
    {
        json.WriteStartArray("note");
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public void Coding(string system, string code, string display)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("code", code);
        Text("display", display);
        json.WriteEndObject();
    }

    private void ConceptBody(Health.Coding coding)
    {
        json.WriteStartArray("coding");
        Coding(coding.System, coding.Code, coding.Words);
        json.WriteEndArray();
        Text("text", coding.Words);
    }

    private void ReferenceBody(string reference, string? display)
    {
        json.WriteString("reference", reference);
        Text("display", display);
    }
}
