using System.Globalization;

namespace IntegrationKit.Templating.Helpers;

/// <summary>Helpers over lists and variables.</summary>
internal static class ListHelpers
{
    public static IEnumerable<(string, Func<HelperCall, object?>)> All =>
    [
        ("array", call => new ValueList(call.Arguments)),
        ("range", call => new ValueList(Range((long)call.Number(0), (long)call.Number(1)))),
        ("arrayAdd", ArrayAdd),
        ("arrayRemove", ArrayRemove),
        ("arrayJoin", ArrayJoin),
        ("size", call => call[0] is System.Collections.ICollection items ? items.Count : TemplateText.Of(call[0]).Length),
        ("val", Val),
        ("assign", Assign),
        ("formData", FormData),
    ];

    private static IEnumerable<object?> Range(long first, long last)
    {
        for (var i = first; i <= last; i++)
        {
            yield return i;
        }
    }

    private static ValueList ArrayAdd(HelperCall call)
    {
        var list = new ValueList(HelperCall.List(call[0]));
        list.Insert(Position(call, list.Count), call[1]);
        return list;
    }

    private static ValueList ArrayRemove(HelperCall call)
    {
        var list = new ValueList(HelperCall.List(call[0]));
        if (list.Count > 0)
        {
            list.RemoveAt(Position(call, list.Count - 1));
        }

        return list;
    }

    private static int Position(HelperCall call, int last) => call.Option("position") switch
    {
        null or "end" => last,
        "start" => 0,
        var text when int.TryParse(text, CultureInfo.InvariantCulture, out var index) && index >= 0 && index <= last => index,
        _ => throw new HelperException("position must be greater than or equal to 0 and less than or equal to the size of the list"),
    };

    private static string ArrayJoin(HelperCall call)
    {
        var separator = TemplateText.Of(call[0]);
        var items = HelperCall.List(call[1]).Select(item => call.Block is { } block && item is not null ? block(item) : TemplateText.Of(item));
        return call.Option("prefix") + string.Join(separator, items) + call.Option("suffix");
    }

    private static object? Val(HelperCall call)
    {
        var value = call[0] ?? call.Options.GetValueOrDefault("or") ?? call.Options.GetValueOrDefault("default");
        if (call.Option("assign") is not { } name)
        {
            return value ?? "";
        }

        call.Variables[name] = value;
        return "";
    }

    private static string Assign(HelperCall call)
    {
        if (call.Block is { } block)
        {
            call.Variables[TemplateText.Of(call[0])] = block(null);
        }

        return "";
    }

    private static object FormData(HelperCall call)
    {
        var form = new NamedValues();
        foreach (var pair in TemplateText.Of(call[0]).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
        {
            var decode = call.Flag("urlDecode", false);
            var value = pair.Length > 1 ? pair[1] : "";
            var decoded = decode ? Uri.UnescapeDataString(value.Replace('+', ' ')) : value;
            if (form.TryGetValue(pair[0], out var present))
            {
                ((OneOrMany)present!).Add(decoded);
            }
            else
            {
                form[pair[0]] = new OneOrMany([decoded]);
            }
        }

        if (call[1] is not { } variable)
        {
            return form;
        }

        call.Variables[TemplateText.Of(variable)] = form;
        return "";
    }
}
