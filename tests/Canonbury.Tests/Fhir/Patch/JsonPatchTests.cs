using System.Text;
using System.Text.Json.Nodes;
using Canonbury.Fhir.Patch;
using Canonbury.TestData.Samples;
using Xunit;

namespace Canonbury.Tests.Fhir.Patch;

/// <summary>RFC 6902 on JSON that need not be FHIR.</summary>
public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"add","path":"/a/c","value":[2]}]""", """{"a":{"b":1,"c":[2]}}""")]
    [InlineData("""{"a":[1,2]}""", """[{"op":"add","path":"/a/-","value":3},{"op":"add","path":"/a/0","value":0}]""", """{"a":[0,1,2,3]}""")]
    [InlineData("""{"a":[1,2]}""", """[{"op":"add","path":"/a/2","value":3}]""", """{"a":[1,2,3]}""")]
    [InlineData("""{"a":1,"b":2}""", """[{"op":"remove","path":"/a"}]""", """{"b":2}""")]
    [InlineData("""{"a":[1,2,3]}""", """[{"op":"replace","path":"/a/1","value":{"x":null}}]""", """{"a":[1,{"x":null},3]}""")]
    [InlineData("""{"a":[1,2,3]}""", """[{"op":"move","from":"/a/0","path":"/a/2"}]""", """{"a":[2,3,1]}""")]
    [InlineData("""{"a":{"b":[1]}}""", """[{"op":"copy","from":"/a","path":"/c"},{"op":"add","path":"/a/b/-","value":2}]""", """{"a":{"b":[1,2]},"c":{"b":[1]}}""")]
    [InlineData("""{"a/b":1,"m~n":2,"":3}""", """[{"op":"test","path":"/a~1b","value":1},{"op":"test","path":"/m~0n","value":2},{"op":"remove","path":"/"}]""", """{"a/b":1,"m~n":2}""")]
    [InlineData("""{"a":{"x":1,"y":[1.0]}}""", """[{"op":"test","path":"/a","value":{"y":[1],"x":1}}]""", """{"a":{"x":1,"y":[1.0]}}""")]
    [InlineData("""{"a":1}""", """[{"op":"move","from":"/a","path":"/a"}]""", """{"a":1}""")]
    [InlineData("""{"a":1}""", "[]", """{"a":1}""")]
    public void Patch_DoesWhatTheRfcSays(string document, string patch, string expected) =>
        Assert.Equal(expected, Json(Apply(document, patch)));

    [Theory]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b/c","value":1}]""", "patch-path-not-found", "JsonPatch[0].path")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/2","value":1}]""", "patch-path-not-found", "JsonPatch[0].path")]
    [InlineData("""{"a":[1]}""", """[{"op":"remove","path":"/a/00"}]""", "patch-path-not-found", "JsonPatch[0].path")]
    [InlineData("""{"a":[1]}""", """[{"op":"remove","path":"/a/-"}]""", "patch-path-not-found", "JsonPatch[0].path")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"/b","value":1}]""", "patch-path-not-found", "JsonPatch[0].path")]
    [InlineData("""{"a":1}""", """[{"op":"remove","path":""}]""", "patch-path-not-found", "JsonPatch[0].path")]
    [InlineData("""{"a":1}""", """[{"op":"copy","from":"/b","path":"/c"}]""", "patch-path-not-found", "JsonPatch[0].from")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"move","from":"/a","path":"/a/b"}]""", "patch-move-into-itself", "JsonPatch[0].path")]
    [InlineData("""{"a":"1"}""", """[{"op":"test","path":"/a","value":"1"},{"op":"test","path":"/a","value":1}]""", "patch-test-failed", "JsonPatch[1].value")]
    public void Patch_ThatCannotBeDone_IsRefusedAsUnprocessable(string document, string patch, string code, string element) =>
        Refused(Apply(document, patch), 422, code, element);

    [Theory]
    [InlineData("{}", "JsonPatch")]
    [InlineData("[", "JsonPatch")]
    [InlineData("[1]", "JsonPatch[0]")]
    [InlineData("""[{"op":"spin","path":"/a"}]""", "JsonPatch[0].op")]
    [InlineData("""[{"op":"add","value":1}]""", "JsonPatch[0].path")]
    [InlineData("""[{"op":"add","path":"a","value":1}]""", "JsonPatch[0].path")]
    [InlineData("""[{"op":"add","path":"/a~2","value":1}]""", "JsonPatch[0].path")]
    [InlineData("""[{"op":"add","path":"/a"}]""", "JsonPatch[0].value")]
    [InlineData("""[{"op":"remove","path":"/a"},{"op":"move","path":"/a"}]""", "JsonPatch[1].from")]
    [InlineData("""[{"op":"remove","op":"add","path":"/a","value":1}]""", "JsonPatch")]
    public void Patch_ThatIsMalformed_IsRefusedWithItsElement(string patch, string element) =>
        Refused(Apply("""{"a":1}""", patch), 400, "patch-malformed", element);

    [Fact]
    public void WhatAPatchEmptied_IsAbsent() =>
        Assert.Equal("""{"b":1}""", Json(Apply("""{"a":[{"x":["y"]}],"b":1}""", """[{"op":"remove","path":"/a/0/x/0"}]""")));

    [Fact]
    public void CopiesOfCopies_AreRefusedBeforeTheyGrow()
    {
        string bomb = "[" + string.Join(',', Enumerable.Repeat("""{"op":"copy","from":"/a","path":"/a/-"}""", 70)) + "]";
        Refused(Apply($$"""{"a":["{{new string('x', 1000)}}"]}""", bomb), 422, "patch-too-large");
        Refused(Apply("""{"a":{"b":1}}""", bomb.Replace("/a/-", "/a/a", StringComparison.Ordinal)), 422, "patch-too-large");
    }

    /// <summary>The examples of RFC 6902, appendix A, as the FHIR specification uses them.</summary>
    [Fact]
    public void Examples_OfTheRfc_AreMet()
    {
        Assert.SkipWhen(SampleData.Missing("conformance"), SampleData.Reason);
        JsonArray cases = JsonNode.Parse(File.ReadAllText(SampleData.PathOf("conformance", "patch", "json-patch-tests.json")))!.AsArray();
        foreach (JsonNode? one in cases)
        {
            Patched patched = Apply(one!["doc"]!.ToJsonString(), one["patch"]!.ToJsonString());
            string comment = (string)one["comment"]!;
            Assert.True(one["error"] is not null == patched.Problem is not null, comment);

            // An empty object stays in the RFC's example, and in no FHIR resource.
            if (patched.Problem is null && !comment.StartsWith("A.10", StringComparison.Ordinal))
            {
                Assert.True(JsonNode.DeepEquals(one["expected"], JsonNode.Parse(patched.Json)), comment);
            }
        }

        Assert.True(cases.Count > 15, $"{cases.Count} examples");
    }

    private static Patched Apply(string document, string patch) => JsonPatch.Apply(Encoding.UTF8.GetBytes(document), Encoding.UTF8.GetBytes(patch));

    private static string Json(Patched patched)
    {
        Assert.Null(patched.Problem);
        return Encoding.UTF8.GetString(patched.Json);
    }

    private static void Refused(Patched patched, int status, string code, string? element = null)
    {
        Assert.Equal((status, code), (patched.Problem?.Status, patched.Problem?.Issues[0].Code));
        Assert.Equal(element ?? patched.Problem!.Issues[0].Expression, patched.Problem!.Issues[0].Expression);
    }
}
