using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Patch;

/// <summary>One operation of a FHIRPath Patch, read from its parameter. https://hl7.org/fhir/R4/fhirpatch.html</summary>
/// <param name="Name">The element to add.</param>
/// <param name="Value">The part that holds what is added, inserted or put instead.</param>
/// <param name="Index">Where to insert.</param>
/// <param name="From">The index to move from.</param>
/// <param name="To">The index to move to.</param>
internal sealed record FhirPathOperation(
    string Type, PatchPath Path, string Name, Parameters.ParameterComponent? Value, int Index, int From, int To)
{
    /// <summary>Each may go through the whole resource.</summary>
    private const int Most = 200;

    public static (IReadOnlyList<FhirPathOperation> Operations, Patched? Refused) Read(Parameters patch)
    {
        if (patch.Parameter.Count > Most)
        {
            return ([], Patched.Malformed($"A patch has at most {Most} operations.", "Parameters.parameter"));
        }

        List<FhirPathOperation> operations = [];
        for (int i = 0; i < patch.Parameter.Count; i++)
        {
            string element = $"Parameters.parameter[{i}]";
            if (patch.Parameter[i].Name != "operation")
            {
                return ([], Patched.Malformed("Each parameter of a patch is named operation.", element + ".name"));
            }

            (FhirPathOperation? operation, string? lacks) = Read(patch.Parameter[i]);
            if (operation is null)
            {
                return ([], Patched.Malformed($"The operation lacks the part {lacks}, or it is not what fhirpatch.html says.", element + Part(patch.Parameter[i], lacks!)));
            }

            operations.Add(operation);
        }

        return (operations, null);
    }

    private static (FhirPathOperation? Operation, string? Lacks) Read(Parameters.ParameterComponent parameter)
    {
        string? type = Text(parameter, "type");
        if (type is not ("add" or "insert" or "delete" or "replace" or "move"))
        {
            return (null, "type");
        }

        if (Text(parameter, "path") is not { } text || PatchPath.Parse(text) is not { } path)
        {
            return (null, "path");
        }

        string? name = Text(parameter, "name");
        Parameters.ParameterComponent? value = parameter.Part.Find(part => part.Name == "value");
        int? index = Number(parameter, "index"), from = Number(parameter, "source"), to = Number(parameter, "destination");
        string? lacks = type switch
        {
            "add" when name is null => "name",
            "add" or "insert" or "replace" when value is null => "value",
            "insert" when index is null => "index",
            "move" when from is null => "source",
            "move" when to is null => "destination",
            _ => null,
        };
        return lacks is null ? (new FhirPathOperation(type, path, name ?? "", value, index ?? 0, from ?? 0, to ?? 0), null) : (null, lacks);
    }

    private static string Part(Parameters.ParameterComponent parameter, string name) =>
        parameter.Part.FindIndex(part => part.Name == name) is >= 0 and int at ? $".part[{at}]" : "";

    private static string? Text(Parameters.ParameterComponent parameter, string name) =>
        (parameter.Part.Find(part => part.Name == name)?.Value as PrimitiveType)?.JsonValue as string;

    private static int? Number(Parameters.ParameterComponent parameter, string name) =>
        parameter.Part.Find(part => part.Name == name)?.Value is Integer { Value: >= 0 and { } number } ? number : null;
}
