using System.Globalization;

namespace Canonbury.Server.Web.Pages.Shared.Record.Trends;

/// <summary>Where the parts of a trend chart stand, in the units of its SVG view box. Pure, so that it can be tested.</summary>
public sealed record ChartLayout(
    IReadOnlyList<ChartPoint> Points,
    IReadOnlyList<ChartBand> Bands,
    IReadOnlyList<(double Y, string Text)> Ticks,
    IReadOnlyList<(double X, string Text)> Dates)
{
    public const int Width = 720;
    public const int Height = 300;
    public const int Left = 64;
    public const int Right = 704;
    public const int Top = 16;
    public const int Bottom = 256;

    /// <summary>The points as the list that an SVG polyline takes.</summary>
    public string Line =>
        string.Join(' ', Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));

    public static ChartLayout Of(Trend trend)
    {
        IReadOnlyList<TrendPoint> points = trend.Points;
        (double low, double high, double step) = Scale(
            points.SelectMany(point => new[] { point.Value, point.Low ?? point.Value, point.High ?? point.Value }));
        double first = points[0].At.ToUnixTimeSeconds();
        double span = points[^1].At.ToUnixTimeSeconds() - first;

        double X(TrendPoint point) =>
            span <= 0 ? (Left + Right) / 2.0 : Left + 16 + ((point.At.ToUnixTimeSeconds() - first) / span * (Right - Left - 32));
        double Y(double value) => Bottom - ((value - low) / (high - low) * (Bottom - Top));

        List<ChartPoint> drawn = [.. points.Select(point => new ChartPoint(point, X(point), Y(point.Value)))];
        List<(double, string)> ticks = [];
        for (double tick = low; tick <= high + (step / 2); tick += step)
        {
            ticks.Add((Y(tick), Number(tick)));
        }

        return new ChartLayout(drawn, [.. RangesOf(drawn, low, high, Y)], ticks, [.. DatesOf(drawn)]);
    }

    public static string Number(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>
    /// The range of each point reaches half way to its neighbours, so that ranges which differ are seen to differ; equal ones that touch are
    /// one band.
    /// </summary>
    private static IEnumerable<ChartBand> RangesOf(List<ChartPoint> points, double low, double high, Func<double, double> y)
    {
        ChartBand? open = null;
        for (int i = 0; i < points.Count; i++)
        {
            TrendPoint point = points[i].Point;
            double from = i == 0 ? Left : (points[i - 1].X + points[i].X) / 2;
            double to = i == points.Count - 1 ? Right : (points[i].X + points[i + 1].X) / 2;
            double top = y(Math.Min(point.High ?? high, high));
            ChartBand? band = point.Low is null && point.High is null
                ? null
                : new ChartBand(from, top, to - from, Math.Max(y(Math.Max(point.Low ?? low, low)) - top, 0));
            if (open is not null && band is not null && open.Y == band.Y && open.Height == band.Height)
            {
                open = open with { Width = band.X + band.Width - open.X };
                continue;
            }

            if (open is not null)
            {
                yield return open;
            }

            open = band;
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    private static IEnumerable<(double X, string Text)> DatesOf(List<ChartPoint> points)
    {
        double last = double.MinValue;
        foreach (ChartPoint point in points)
        {
            // A label is 90 to 120 units wide; the first and the last always fit inside the chart.
            if (point.X - last >= 130 && (point.X <= Right - 60 || point == points[^1]))
            {
                last = point.X;
                yield return (Math.Clamp(point.X, Left + 24, Right - 44), Words.UkTime.DateOf(point.Point.At).ToString(
                    "d MMM yyyy", CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Round numbers around the values: a step of 1, 2 or 5 times a power of ten, about five of them.</summary>
    private static (double Low, double High, double Step) Scale(IEnumerable<double> values)
    {
        List<double> all = [.. values];
        (double min, double max) = (all.Min(), all.Max());
        double span = max > min ? max - min : Math.Max(Math.Abs(max), 1) * 0.2;
        double power = Math.Pow(10, Math.Floor(Math.Log10(span / 5)));
        double step = (span / 5 / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
        double low = Math.Floor((min - (step / 2)) / step) * step;
        return (min >= 0 && low < 0 ? 0 : low, Math.Ceiling((max + (step / 2)) / step) * step, step);
    }
}

/// <summary>One marker.</summary>
public sealed record ChartPoint(TrendPoint Point, double X, double Y);

/// <summary>One piece of the reference range.</summary>
public sealed record ChartBand(double X, double Y, double Width, double Height);
