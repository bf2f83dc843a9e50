namespace Canonbury.Translate.FhirPush;

/// <summary>Says what each reference in a push means in the end. https://hl7.org/fhir/R4/bundle.html#references</summary>
internal sealed class SentReferences
{
    private readonly PushContext context;
    private readonly Dictionary<string, string> byUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> byIdentifier = new(StringComparer.Ordinal);

    public SentReferences(PushContext context, IEnumerable<Submission> submissions)
    {
        this.context = context;
        foreach (Submission sent in submissions.Where(s => s.Resource is not null))
        {
            Learn(sent);
        }
    }

    /// <summary>The final form, or null for a conditional reference that the push itself does not resolve.</summary>
    public string? Resolve(string reference)
    {
        if (reference.StartsWith('#') || reference.Length == 0)
        {
            return reference;
        }

        if (byUrl.TryGetValue(reference, out string? final))
        {
            return final;
        }

        reference = Here(reference, context.BaseUrl);
        if (reference.Contains('?', StringComparison.Ordinal))
        {
            return reference.Contains("://", StringComparison.Ordinal) ? reference : Conditional(reference);
        }

        return reference.Contains(':', StringComparison.Ordinal) ? Versionless(reference) ?? reference : Relative(reference);
    }

    /// <summary>
    /// The final form of a link to an entry of this push (an attachment's URL, a <c>uri</c> that is an entry's urn), else null.
    /// </summary>
    public string? Link(string url) =>
        byUrl.TryGetValue(url, out string? final) ? final
        : url.StartsWith("Binary/", StringComparison.Ordinal) ? Relative(url)
        : null;

    /// <summary>An absolute URL of this server as the relative reference that it is (R4 references.html#literal); any other as it stands.</summary>
    public static string Here(string reference, string? baseUrl) =>
        baseUrl is not null && reference.StartsWith(baseUrl + "/", StringComparison.Ordinal) ? reference[(baseUrl.Length + 1)..] : reference;

    private void Learn(Submission sent)
    {
        if (sent.SentId is { } id)
        {
            byUrl[$"{sent.Type}/{id}"] = sent.FinalReference;
        }

        if (sent.FullUrl is { Length: > 0 } url)
        {
            byUrl[url] = sent.FinalReference;
            if (BundleEntries.IdOf(url) is { } last && !url.StartsWith("urn:", StringComparison.Ordinal))
            {
                byUrl.TryAdd($"{sent.Type}/{last}", sent.FinalReference);
            }
        }

        foreach (string identifier in SentIdentifiers.Of(sent.Resource!))
        {
            string key = $"{sent.Type}?identifier={identifier}";
            byIdentifier[key] = byIdentifier.ContainsKey(key) ? null : sent.FinalReference;
        }
    }

    // R4 http.html#trules: a conditional reference is a search that must have exactly one match.
    private string? Conditional(string reference) => byIdentifier.GetValueOrDefault(Uri.UnescapeDataString(reference));

    // A version of the sender's is no version of ours: the reference goes on without it.
    private string? Versionless(string reference)
    {
        int version = reference.IndexOf("/_history/", StringComparison.Ordinal);
        return version > 0 ? byUrl.GetValueOrDefault(reference[..version]) : null;
    }

    private string Relative(string reference)
    {
        string[] parts = reference.Split('/');
        return parts switch
        {
            [{ Length: > 0 } type, { Length: > 0 } id] => Final(type, id),
            [{ Length: > 0 } type, { Length: > 0 } id, "_history",
            _] when context.Ids == IdPolicy.Mapped || byUrl.ContainsKey($"{type}/{id}") =>
                Final(type, id),
            _ => reference,
        };
    }

    private string Final(string type, string id) => byUrl.GetValueOrDefault($"{type}/{id}") ?? $"{type}/{context.FinalId(type, id)}";
}
