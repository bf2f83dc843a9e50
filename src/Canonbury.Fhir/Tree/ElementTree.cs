using System.Globalization;
using System.Text;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Tree;

/// <summary>Walks a resource with everything in it: extensions, contained resources and entries too. Knows where it stands.</summary>
public sealed class ElementTree
{
    private readonly List<(string Name, int Index)> steps = [];
    private readonly Action<Base, ElementTree> visit;

    private ElementTree(string root, Action<Base, ElementTree> visit)
    {
        steps.Add((root, -1));
        this.visit = visit;
    }

    /// <summary>The element that is being visited, as FHIRPath. Made when asked, since most visits do not need it.</summary>
    public string Path
    {
        get
        {
            StringBuilder path = new();
            foreach ((string name, int index) in steps)
            {
                path.Append(path.Length > 0 ? "." : "").Append(name);
                if (index >= 0)
                {
                    path.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
                }
            }

            return path.ToString();
        }
    }

    /// <param name="root">The expression of <paramref name="start"/> itself: a type name, or <c>Bundle.entry[3].resource</c>.</param>
    /// <param name="visit">Called for every element, parents first; may change the element's own values.</param>
    public static void Walk(Base start, string root, Action<Base, ElementTree> visit) => new ElementTree(root, visit).Enter(start);

    private void Enter(Base element)
    {
        visit(element, this);
        foreach ((string name, object value) in element.EnumerateElements())
        {
            if (value is Base child)
            {
                Step(child, name, -1);
            }
            else if (value is IEnumerable<Base> children)
            {
                int index = 0;
                foreach (Base item in children)
                {
                    Step(item, name, index++);
                }
            }
        }
    }

    private void Step(Base child, string name, int index)
    {
        steps.Add((name, index));
        Enter(child);
        steps.RemoveAt(steps.Count - 1);
    }
}
