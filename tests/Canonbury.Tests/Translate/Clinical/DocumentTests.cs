using System.Text;
using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>Documents in results and MDM: HL7 v2 chapters 2A (ED) and 9, and the published maps ED and TXA [DocumentReference].</summary>
public sealed class DocumentTests
{
    private static readonly byte[] Pdf = [.. "%PDF-1.4\n"u8, 0, 255, 13, 10, 128];

    [Fact]
    public void EmbeddedPdf_OfAReport_IsABinaryByteForByte_BehindItsDocumentReference()
    {
        Translation translation = Messages.Translate(
            "ORU^R01",
            "OBR|1|P1|F1|LET^Letter^L|||20260228",
            $"OBX|1|ED|LET^Letter^L||LAB^Application^PDF^Base64^{Convert.ToBase64String(Pdf)}||||||F");

        DocumentReference document = Assert.Single(translation.All<DocumentReference>());
        Binary binary = Assert.Single(translation.All<Binary>());
        Assert.Equal(Pdf, binary.Data);
        Assert.Equal("application/pdf", binary.ContentType);
        Assert.Equal($"Binary/{binary.Id}", document.Content[0].Attachment?.Url);
        Assert.Equal($"DocumentReference/{document.Id}", binary.SecurityContext?.Reference);
        Assert.Equal($"Binary/{binary.Id}", translation.All<DiagnosticReport>()[0].PresentedForm[0].Url);
        Assert.Empty(translation.All<Observation>());
    }

    [Fact]
    public void TextDocument_IsOneBinary_WithItsLines()
    {
        Translation translation = Messages.Translate(
            "MDM^T02",
            Txa("D1", ""),
            "OBX|1|TX|L^Letter^L||Dear doctor,||||||F",
            "OBX|2|TX|L^Letter^L||||||||F",
            "OBX|3|TX|L^Letter^L||All is well.||||||F");

        Assert.Equal("Dear doctor,\n\nAll is well.", Encoding.UTF8.GetString(Assert.Single(translation.All<Binary>()).Data ?? []));
        DocumentReference document = Assert.Single(translation.All<DocumentReference>());
        Assert.Equal("Discharge summary", document.Type?.Text);
        Assert.Equal(CompositionStatus.Final, document.DocStatus);
        Assert.Equal(DocumentReferenceStatus.Current, document.Status);
    }

    [Fact]
    public void Replacement_NamesTheOldDocument_AndSupersedesIt()
    {
        string oldId = Messages.Translate("MDM^T02", Txa("D1", ""), "OBX|1|TX|L^L^L||Old||||||F").All<DocumentReference>()[0].Id!;
        Translation translation = Messages.Translate("MDM^T10", Txa("D2", "D1"), "OBX|1|TX|L^L^L||New||||||F");

        DocumentReference document = translation.All<DocumentReference>().First(candidate => candidate.RelatesTo.Count > 0);
        Assert.Equal(DocumentRelationshipType.Replaces, document.RelatesTo[0].Code);
        Assert.Equal($"DocumentReference/{oldId}", document.RelatesTo[0].Target?.Reference);
        Assert.Contains(translation.All<DocumentReference>(), old => old.Id == oldId && old.Status == DocumentReferenceStatus.Superseded);
    }

    [Fact]
    public void Addendum_AppendsToItsParent() => Assert.Equal(
        DocumentRelationshipType.Appends,
        Messages.Translate("MDM^T06", Txa("D3", "D1"), "OBX|1|TX|L^L^L||More||||||F").All<DocumentReference>()[0].RelatesTo[0].Code);

    [Fact]
    public void Cancellation_MarksTheDocumentAsAnError_AndKeepsItsContent()
    {
        Translation translation = Messages.Translate("MDM^T11", Txa("D1", ""));

        ResourceStatement cancelled = translation.Statements.First(
            statement => statement.Content is DocumentReference { Status: not null });
        Assert.Equal(DocumentReferenceStatus.EnteredInError, ((DocumentReference)cancelled.Content).Status);
        Assert.Equal(StatementMode.Elements, cancelled.Mode);
        Assert.Empty(((DocumentReference)cancelled.Content).Content);
    }

    private static string Txa(string number, string parent) =>
        $"TXA|1|DS|TX|20260228101500|||||C123^Shah^Meera^^^Dr^^^GMC|||{number}^PAS|{parent}{(parent.Length > 0 ? "^PAS" : "")}||||AU||AV";
}
