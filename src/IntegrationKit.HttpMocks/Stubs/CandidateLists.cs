using System.Runtime.CompilerServices;

namespace IntegrationKit.Stubs;

/// <summary>Merges a few sorted lists of stubs without allocating.</summary>
internal ref struct CandidateLists
{
    private const int Inline = 8;

    private Buffer inline;
    private Positions positions;
    private List<Stub[]>? more;
    private int count;

    public void Add(Stub[] list)
    {
        if (count < Inline)
        {
            inline[count++] = list;
            return;
        }

        (more ??= []).Add(list);
    }

    /// <summary>The next stub in the order of asking, or null at the end.</summary>
    public Stub? Next()
    {
        if (more is not null)
        {
            Fold();
        }

        Stub? best = null;
        var from = -1;
        for (var i = 0; i < count; i++)
        {
            if (positions[i] < inline[i].Length && (best is null || Stub.Order.Compare(inline[i][positions[i]], best) < 0))
            {
                best = inline[i][positions[i]];
                from = i;
            }
        }

        if (from >= 0)
        {
            positions[from]++;
        }

        return best;
    }

    /// <summary>More lists than fit are rare; they become one sorted list.</summary>
    private void Fold()
    {
        Stub[] all = [.. more!.SelectMany(list => list), .. inline[Inline - 1]];
        Array.Sort(all, Stub.Order);
        inline[Inline - 1] = all;
        more = null;
    }

    [InlineArray(Inline)]
    private struct Buffer
    {
        private Stub[] first;
    }

    [InlineArray(Inline)]
    private struct Positions
    {
        private int first;
    }
}
