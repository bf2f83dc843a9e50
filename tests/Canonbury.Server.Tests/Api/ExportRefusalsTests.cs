using System.Net;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>What an export refuses, each by a 4xx that names what is wrong. https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-kick-off-request</summary>
public sealed class ExportRefusalsTests(ExportServer server) : IClassFixture<ExportServer>
{
    [Theory]
    [InlineData("$export?_since=yesterday", 400, "parameter-value-invalid", "http._since")]
    [InlineData("$export?_type=Patient,Spaceship", 400, "resource-type-unknown", "http._type")]
    [InlineData("$export?_type=", 400, "resource-type-unknown", "http._type")]
    [InlineData("Patient/$export?_type=Practitioner", 400, "type-not-exported", "http._type")]
    [InlineData("$export?_type=Patient&_typeFilter=Observation%3Fcode%3Dx", 400, "type-not-exported", "http._typeFilter")]
    [InlineData("$export?_outputFormat=text/csv", 400, "output-format-not-supported", "http._outputFormat")]
    [InlineData("$export?_typeFilter=Observation", 400, "parameter-value-invalid", "http._typeFilter")]
    [InlineData("$export?_typeFilter=Spaceship%3Fcode%3Dx", 400, "parameter-value-invalid", "http._typeFilter")]
    [InlineData("$export?_typeFilter=Observation%3Fcolour%3Dx", 400, "parameter-unknown", "http.colour")]
    [InlineData("$export?_typeFilter=Observation%3Fdate%3Dnever", 400, "parameter-value-invalid", "http.date")]
    [InlineData("$export?_typeFilter=Observation%3Fpatient.name%3Dx", 400, "not-supported", "http._typeFilter.patient.name")]
    [InlineData("$export?_typeFilter=Patient%3F_has:Observation:patient:code%3Dx", 400, "not-supported", "http._typeFilter._has:Observation:patient:code")]
    [InlineData("$export?_typeFilter=Patient%3F_sort%3Dfamily", 400, "not-supported", "http._typeFilter._sort")]
    [InlineData("$export?includeAssociatedData=LatestProvenanceResources", 400, "not-supported", "http.includeAssociatedData")]
    [InlineData("Group/none/$export", 404, "not-found", null)]
    public async Task KickOff_ThatIsWrong_IsRefusedByName(string path, int status, string code, string? element)
    {
        using HttpResponseMessage response = await server.Api.SendAsync("GET", "fhir/" + path, client: "record", headers: ("Prefer", "respond-async"));
        await ApiServer.RefusedAsync(response, status, code, element);
    }

    [Fact]
    public async Task KickOff_WithoutPreferringToWait_IsRefused()
    {
        await ApiServer.RefusedAsync(await server.Api.SendAsync("GET", "fhir/$export", client: "record"), 400, "respond-async-required", "http.Prefer");
        using HttpResponseMessage head = await server.Api.SendAsync("HEAD", "fhir/$export", client: "record", headers: ("Prefer", "respond-async"));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, POST"), (head.StatusCode, string.Join(", ", head.Content.Headers.Allow.Order(StringComparer.Ordinal))));
        using HttpResponseMessage body = await server.Api.SendAsync(
            "POST", "fhir/$export", """{"resourceType":"Patient"}""", "record", headers: ("Prefer", "respond-async"));
        await ApiServer.RefusedAsync(body, 400, "type-mismatch");
    }

    [Theory]
    [InlineData("includeAssociatedData=x")]
    [InlineData("_type=Patient,Spaceship&includeAssociatedData=x")]
    public async Task WhatIsNotKnown_IsPassedOver_WhereTheClientPrefersThat(string query)
    {
        using HttpResponseMessage response = await server.Api.SendAsync(
            "GET", $"fhir/$export?{query}", client: "kept-one", headers: ("Prefer", "respond-async, handling=lenient"));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await server.FinishAsync(response.Content.Headers.ContentLocation!.ToString(), "kept-one");
    }

    [Fact]
    public async Task Unfinished_AreSoManyForAClient()
    {
        await using ExportServer alone = new();
        await alone.InitializeAsync();
        await alone.StopRunningAsync();
        List<string> begun = [await alone.BeginAsync("$export", "kept-both"), await alone.BeginAsync("$export", "kept-both"), await alone.BeginAsync("$export", "kept-both")];
        using HttpResponseMessage more = await alone.Api.SendAsync("GET", "fhir/$export", client: "kept-both", headers: ("Prefer", "respond-async"));
        await ApiServer.RefusedAsync(more, 429, "too-many-exports");
        Assert.NotNull(more.Headers.RetryAfter);

        using HttpResponseMessage cancelled = await alone.Api.SendAsync("DELETE", begun[0], client: "kept-both");
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        await alone.BeginAsync("$export", "kept-both");
        using HttpResponseMessage waiting = await alone.Api.SendAsync("GET", begun[1] + "/Patient.ndjson", client: "kept-both");
        await ApiServer.RefusedAsync(waiting, 404, "not-found");
    }
}
