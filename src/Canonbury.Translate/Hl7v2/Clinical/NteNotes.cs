using System.Text;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// NTE as annotations (published map NTE[Observation]). Senders split one comment over many NTE, so neighbours by the same author at the
/// same
/// time are one note.
/// </summary>
internal static class NteNotes
{
    /// <summary>The text of all notes, one line each; null when there is none.</summary>
    public static string? Text(List<Segment> notes)
    {
        StringBuilder text = new();
        foreach (Segment nte in notes)
        {
            AppendLines(text, nte[3]);
        }

        string lines = text.ToString().Trim();
        return lines.Length == 0 ? null : lines;
    }

    public static List<Annotation> Read(List<Segment> notes, Draft draft)
    {
        List<Annotation> annotations = [];
        StringBuilder text = new();
        string author = "";
        for (int i = 0; i < notes.Count; i++)
        {
            Segment nte = notes[i];
            string key = string.Concat(nte[5].Raw, "|", nte[6].Raw);
            if (i > 0 && key != author)
            {
                Close(annotations, text, notes[i - 1], draft);
            }

            author = key;
            AppendLines(text, nte[3]);
        }

        if (notes.Count > 0)
        {
            Close(annotations, text, notes[^1], draft);
        }

        return annotations;
    }

    private static void Close(List<Annotation> annotations, StringBuilder text, Segment last, Draft draft)
    {
        string lines = text.ToString().Trim();
        text.Clear();
        if (lines.Length > 0)
        {
            annotations.Add(new Annotation
            {
                Text = lines,
                TimeElement = Moment.Read(last[6], draft)?.FhirDateTime,
                Author = Xcn.ToReference(last[5].First, draft),
            });
        }
    }

    private static void AppendLines(StringBuilder text, Field comment)
    {
        if (comment.IsNull)
        {
            return;
        }

        foreach (Repetition line in comment)
        {
            text.Append(line.WholeText.TrimEnd()).Append('\n');
        }
    }
}
