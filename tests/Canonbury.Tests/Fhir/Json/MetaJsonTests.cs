using System.Text;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Record.Reading;
using Xunit;

namespace Canonbury.Tests.Fhir.Json;

/// <summary>What a stored resource's meta says.</summary>
public sealed class MetaJsonTests
{
    private static readonly DateTimeOffset Received = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void LastModified_IsTheTimeOfTheVersion_NotOfItsMessage()
    {
        Assert.Equal(Received.AddDays(1), Resource("""{"resourceType":"Patient","meta":{"versionId":"2","lastUpdated":"2024-01-02T00:00:00+00:00"}}""").LastModified);
        Assert.Equal(Received, Resource("""{"resourceType":"Patient","extension":[{"meta":{"lastUpdated":"2024-01-02T00:00:00Z"}}]}""").LastModified);
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","contained":[{"meta":{"tag":[]}}],"meta":{"versionId":"2"},"active":true}""", """{"versionId":"2"}""")]
    [InlineData("""{"resourceType":"Patient","contained":[{"meta":{"tag":[]}}]}""", "")]
    public void Meta_IsThatOfTheResourceItself(string json, string meta) =>
        Assert.Equal(meta, Encoding.UTF8.GetString(MetaJson.Of(Encoding.UTF8.GetBytes(json)).Span));

    private static OwnResource Resource(string json) => new("Patient", "1", PatientId.Nobody, 2, Received, false, Encoding.UTF8.GetBytes(json));
}
