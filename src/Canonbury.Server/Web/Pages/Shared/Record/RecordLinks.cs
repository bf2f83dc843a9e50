using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Canonbury.Server.Web.Pages.Shared.Record.Trends;

namespace Canonbury.Server.Web.Pages.Shared.Record;

/// <summary>The addresses of a record's pages: the same pages serve the professionals and the person.</summary>
/// <param name="Root">Where the record begins: <c>/record/{person}</c> or <c>/my-record</c>.</param>
public sealed record RecordLinks(string Root)
{
    public string Summary => Root;

    public string Timeline => $"{Root}/timeline";

    public string Receipt => $"{Root}/sources";

    public string Section(Section section) => $"{Root}/{SectionWords.Of(section).Slug}";

    public string Test(Section section, TestSeries series) => $"{Section(section)}/{series.Key}";

    public string Item(RecordItem item) => $"{Root}/items/{item.Type}/{item.FhirId}";

    public string Document(RecordItem item, int index) => $"{Item(item)}/documents/{index}";
}
