namespace Canonbury.Translate.FhirPush;

/// <summary>Says what each reference in a push means in the end. https://hl7.org/fhir/R4/bundle.html#references</summary>
internal sealed class SentReferences
{
    private readonly PushContext context;
    private readonly Dictionary<string, string> byUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> byIdentifier = new(StringComparer.Ordinal);
    private readonly HashSet<string> deleted = new(StringComparer.Ordinal);

    public SentReferences(PushContext context, IEnumerable<Submission> submissions)
    {
        this.context = context;
        foreach (Submission sent in submissions)
        {
            Learn(sent);
        }
    }

    /// <summary>The final form, or null for a conditional reference that has not exactly one match.</summary>
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
            return IsConditional(reference) ? Conditional(reference) : reference;
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

    /// <summary>True for <c>Type?criteria</c>; a URL of another server may hold a question mark too.</summary>
    public static bool IsConditional(string reference) =>
        reference.IndexOf('?', StringComparison.Ordinal) is >= 0 and int mark && !reference.AsSpan(0, mark).Contains(':');

    private void Learn(Submission sent)
    {
        if (sent.Method == PushMethod.Delete)
        {
            deleted.Add(sent.FinalReference);
            return;
        }

        if (sent.SentId is { } id)
        {
            byUrl[$"{sent.Type}/{id}"] = sent.FinalReference;
        }

        if (sent.Method == PushMethod.Found && sent.Request.Resource?.Id is { } own)
        {
            byUrl[$"{sent.Type}/{own}"] = sent.FinalReference;
        }

        if (sent.FullUrl is { Length: > 0 } url)
        {
            byUrl[url] = sent.FinalReference;
            if (FhirPush.FullUrl.IdOf(url) is { } last && !url.StartsWith("urn:", StringComparison.Ordinal))
            {
                byUrl.TryAdd($"{sent.Type}/{last}", sent.FinalReference);
            }
        }

        foreach (string identifier in sent.Resource is { } resource ? SentIdentifiers.Of(resource) : [])
        {
            string key = $"{sent.Type}?identifier={identifier}";
            if (!byIdentifier.TryGetValue(key, out HashSet<string>? holders))
            {
                byIdentifier[key] = holders = new(StringComparer.Ordinal);
            }

            holders.Add(sent.FinalReference);
        }
    }

    // R4 http.html#trules: a conditional reference is a search, after everything else was processed, that must have exactly one match.
    private string? Conditional(string reference)
    {
        IEnumerable<string> here = byIdentifier.GetValueOrDefault(Uri.UnescapeDataString(reference)) ?? [];
        IEnumerable<string> stored = context.Found.GetValueOrDefault(reference) ?? [];
        return here.Union(stored).Except(deleted).Take(2).ToList() is [var one] ? one : null;
    }

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
