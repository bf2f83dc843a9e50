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
        PushContext context = call.PushContext(PushLookups.Of(call.Source, call.Ids, copy, call.BaseUrl));
        return (mode == ValidationMode.Create
            ? FhirPushTranslator.Create(copy, context)
            : FhirPushTranslator.Update(copy, call.Id.Length > 0 ? call.Id : copy.Id ?? "", Writes.IfMatch(call), context)).Problem;
    }
}
