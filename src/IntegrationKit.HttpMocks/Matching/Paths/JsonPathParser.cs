namespace IntegrationKit.Matching.Paths;

/// <summary>Reads the steps of a path; conditions are read by <see cref="FilterParser"/>.</summary>
internal sealed class JsonPathParser
{
    private readonly PathScanner scanner;
    private readonly FilterParser filters;

    public JsonPathParser(string text)
        : this(new PathScanner(text.Trim()))
    {
    }

    public JsonPathParser(PathScanner scanner)
    {
        this.scanner = scanner;
        filters = new FilterParser(scanner, this);
    }

    /// <summary>A whole path. As in Jayway the leading <c>$.</c> may be missing.</summary>
    public IReadOnlyList<Segment> Path()
    {
        List<Segment> segments = [];
        if (!scanner.TryTake("$") && !scanner.TryTake("@") && scanner.Current is not ('[' or '.'))
        {
            segments.Add(Named());
        }

        segments.AddRange(Steps());
        return scanner.AtEnd ? segments : throw scanner.Refuse("unexpected text");
    }

    /// <summary>The steps after <c>$</c> or <c>@</c>, as far as they go.</summary>
    public IReadOnlyList<Segment> Steps()
    {
        List<Segment> segments = [];
        while (true)
        {
            if (scanner.TryTake(".."))
            {
                segments.Add(new DescendantSegment(scanner.Current == '[' ? Bracket() : Named()));
            }
            else if (scanner.TryTake("."))
            {
                segments.Add(scanner.Current == '[' ? Bracket() : Named());
            }
            else if (scanner.Current == '[')
            {
                segments.Add(Bracket());
            }
            else
            {
                return segments;
            }
        }
    }

    private Segment Named()
    {
        if (scanner.TryTake("*"))
        {
            return new WildcardSegment();
        }

        var name = scanner.Name();
        if (scanner.Current != '(')
        {
            return new NameSegment([name]);
        }

        return FunctionSegment.IsKnown(name)
            ? new FunctionSegment(name, filters.Arguments())
            : throw scanner.Refuse($"unknown function '{name}'");
    }

    private Segment Bracket()
    {
        scanner.Expect('[');
        scanner.SkipSpace();
        Segment segment = scanner.Current switch
        {
            '\'' or '"' => new NameSegment([.. Separated(() => scanner.Current is '\'' or '"' ? scanner.Quoted() : throw scanner.Refuse("a quoted name expected"))]),
            '?' => Condition(),
            '*' => Wildcard(),
            _ => IndexOrSlice(),
        };
        scanner.Expect(']');
        return segment;
    }

    private WildcardSegment Wildcard()
    {
        scanner.Position++;
        return new();
    }

    private FilterSegment Condition()
    {
        scanner.Position++;
        return new(filters.Or());
    }

    private Segment IndexOrSlice()
    {
        var first = scanner.TryInteger();
        scanner.SkipSpace();
        if (scanner.Current == ':')
        {
            scanner.Position++;
            scanner.SkipSpace();
            var end = scanner.TryInteger();
            var step = scanner.TryTake(":") ? scanner.TryInteger() ?? 1 : 1;
            return new SliceSegment(first, end, step);
        }

        if (first is not { } index)
        {
            throw scanner.Refuse("an index, a name in quotes, *, ? or a slice expected");
        }

        List<int> indices = [index];
        while (scanner.TryTake(","))
        {
            scanner.SkipSpace();
            indices.Add(scanner.TryInteger() ?? throw scanner.Refuse("an index expected"));
            scanner.SkipSpace();
        }

        return new IndexSegment(indices);
    }

    private IEnumerable<T> Separated<T>(Func<T> item)
    {
        do
        {
            scanner.SkipSpace();
            yield return item();
            scanner.SkipSpace();
        }
        while (scanner.TryTake(","));
    }
}
