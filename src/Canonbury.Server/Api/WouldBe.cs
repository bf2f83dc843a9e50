using Canonbury.Fhir.Problems;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>Whether a create or an update would be refused, without making it.</summary>
internal static class WouldBe
{
    /// <summary>Null where nothing speaks against it now.</summary>
    public static Problem? Refused(FhirCall call, Resource resource, ValidationMode mode)
    {
        // The translator gives the resource its final form.
        Resource copy = (Resource)resource.DeepCopy();
        PushRequest request = mode == ValidationMode.Create
            ? new PushRequest(PushMethod.Create, call.Type) { Id = copy.Id, Resource = copy }
            : new PushRequest(PushMethod.Update, call.Type)
            {
                Id = call.Id.Length > 0 ? call.Id : copy.Id ?? "",
                Resource = copy,
                IfMatch = Preconditions.IfMatch(call),
            };
        return FhirPushTranslator.Translate([request], call.PushContext(PushLookups.Of(call.Source, call.Ids, [request], call.BaseUrl))).Problem;
    }
}
