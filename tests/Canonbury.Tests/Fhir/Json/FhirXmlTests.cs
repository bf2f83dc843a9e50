using System.Text;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Validation;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.Json;

public sealed class FhirXmlTests
{
    [Theory]
    [InlineData("<div>Seen today</div>")]
    [InlineData("<div >Seen today</div>")]
    [InlineData("""<div class="x">Seen today</div>""")]
    [InlineData("""<div xmlns="http://www.w3.org/1999/xhtml">Seen today</div>""")]
    public void Narrative_WhoseNamespaceWasLeftOut_IsXhtmlInXml(string div)
    {
        Patient patient = new() { Text = new Narrative { Status = Narrative.NarrativeStatus.Generated, Div = div } };

        byte[] xml = FhirXml.ToUtf8(patient);

        Parsed read = BaseValidation.Check(xml, WireFormat.Xml);
        Assert.True(read.IsValid, Encoding.UTF8.GetString(xml) + string.Join('\n', read.Issues));
        Assert.Contains("Seen today", ((Patient)read.Resource!).Text!.Div, StringComparison.Ordinal);
    }
}
