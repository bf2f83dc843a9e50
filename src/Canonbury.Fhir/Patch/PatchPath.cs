using Canonbury.Fhir.Json;
using Hl7.Fhir.Model;
using Hl7.FhirPath;
using Hl7.FhirPath.Expressions;
using PathExpression = Hl7.FhirPath.Expressions.Expression;

namespace Canonbury.Fhir.Patch;

/// <summary>
/// The path of an operation: FHIRPath that selects elements of the resource itself. Functions that select or compare are allowed, and none that could
/// run long (repetition, regular expressions) or leave the resource. https://hl7.org/fhir/R4/fhirpatch.html
/// </summary>
internal sealed class PatchPath
{
    private const int LongestText = 500;
    private const int MostNested = 12;

    private static readonly HashSet<string> Allowed =
    [
        "where", "ofType", "as", "is", "extension", "first", "last", "tail", "skip", "take", "single", "exists", "empty", "not", "count", "all",
        "startsWith", "endsWith", "contains", "lower", "upper", "hasValue",
    ];

    // No union and no equivalence: they compare each item with each.
    private static readonly HashSet<string> Operators =
        [.. new[] { "=", "!=", "<", ">", "<=", ">=", "and", "or", "xor", "implies", "is", "as", "+", "-", "&" }.Select(name => "binary." + name)];

    private readonly CompiledExpression expression;

    private PatchPath(CompiledExpression expression) => this.expression = expression;

    /// <summary>Null where the text is no FHIRPath, or not of the part that is allowed.</summary>
    public static PatchPath? Parse(string text)
    {
        // The parser goes by recursion, and a stack that overflows ends the process.
        if (text.Length > LongestText || Nesting(text) > MostNested)
        {
            return null;
        }

        try
        {
            FhirPathCompiler compiler = new();
            PathExpression parsed = compiler.Parse(text);
            return IsAllowed(parsed) ? new PatchPath(compiler.Compile(parsed)) : null;
        }
        catch (Exception broken) when (ParseIssues.IsFromContent(broken))
        {
            return null;
        }
    }

    /// <summary>The elements of the resource that the path selects; null where it cannot be evaluated, or gives something that is no element of it.</summary>
    public IReadOnlyList<PocoNode>? Select(Resource resource)
    {
        try
        {
            PocoNode root = resource.ToPocoNode();
            List<PocoNode> found = [.. expression(root, new EvaluationContext())];
            return found.All(node => IsIn(resource, node)) ? found : null;
        }
        catch (Exception broken) when (ParseIssues.IsFromContent(broken))
        {
            return null;
        }
    }

    private static bool IsIn(Resource resource, PocoNode node)
    {
        PocoNode top = node;
        while (top.Parent is PocoNode parent)
        {
            top = parent;
        }

        return ReferenceEquals(top.Poco, resource);
    }

    private static bool IsAllowed(PathExpression expression) => expression switch
    {
        BinaryExpression binary => Operators.Contains(binary.FunctionName) && Parts(binary).All(IsAllowed),
        ChildExpression or IndexerExpression or UnaryExpression or BracketExpression => Parts(expression).All(IsAllowed),
        FunctionCallExpression call => Allowed.Contains(call.FunctionName) && Parts(call).All(IsAllowed),
        ConstantExpression or AxisExpression => true,

        // Nor a variable: every item of a list could go through the whole resource again.
        _ => false,
    };

    private static IEnumerable<PathExpression> Parts(PathExpression expression) => expression switch
    {
        FunctionCallExpression { Focus: { } focus } call => call.Arguments.Where(argument => argument is not IdentifierExpression).Prepend(focus),
        FunctionCallExpression call => call.Arguments.Where(argument => argument is not IdentifierExpression),
        BracketExpression bracket => [bracket.Operand],
        _ => [],
    };

    private static int Nesting(string text)
    {
        int depth = 0, deepest = 0;
        foreach (char letter in text)
        {
            depth += letter switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }
}
