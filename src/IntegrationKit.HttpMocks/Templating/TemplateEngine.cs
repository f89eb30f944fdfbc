using System.Collections.Concurrent;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;
using HandlebarsDotNet.ValueProviders;
using IntegrationKit.Templating.Helpers;

namespace IntegrationKit.Templating;

/// <summary>Compiles and renders response templates: Handlebars with WireMock's helpers. Thread-safe; compiled once per text.</summary>
internal sealed class TemplateEngine
{
    private static readonly Lazy<TemplateEngine> Instance = new(() => new TemplateEngine());

    [ThreadStatic]
    private static IDictionary<string, object?>? variables;

    private readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> compiled = new(StringComparer.Ordinal);
    private readonly IHandlebars handlebars;

    private TemplateEngine()
    {
        var configuration = new HandlebarsConfiguration
        {
            NoEscape = true,
            FormatProvider = System.Globalization.CultureInfo.InvariantCulture,
        };
        configuration.FormatterProviders.Add(new Formatters());
        handlebars = Handlebars.Create(configuration);
        foreach (var (name, helper) in HelperCatalog.Values)
        {
            Register(name, helper);
        }

        foreach (var (name, condition) in HelperCatalog.Conditions)
        {
            RegisterCondition(name, condition);
        }
    }

    public static TemplateEngine Shared => Instance.Value;

    /// <exception cref="TemplateException">The template is malformed or names an unknown helper.</exception>
    public string Render(string template, IDictionary<string, object?> model)
    {
        if (!template.Contains("{{", StringComparison.Ordinal))
        {
            return template;
        }

        var outer = variables;
        variables = model;
        try
        {
            return Compile(template)(model);
        }
        catch (HandlebarsException exception)
        {
            throw new TemplateException(exception.Message.ReplaceLineEndings(" "), exception);
        }
        finally
        {
            variables = outer;
        }
    }

    private HandlebarsTemplate<object, object> Compile(string template)
    {
        if (compiled.TryGetValue(template, out var render))
        {
            return render;
        }

        render = handlebars.Compile(template
            .Replace("{{&", "{{", StringComparison.Ordinal)
            .Replace("{{~", "{{", StringComparison.Ordinal)
            .Replace("~}}", "}}", StringComparison.Ordinal));
        if (compiled.Count < 10_000)
        {
            compiled.TryAdd(template, render);
        }

        return render;
    }

    private void Register(string name, Func<HelperCall, object?> helper)
    {
        handlebars.RegisterHelper(name, (HandlebarsReturnHelper)((_, arguments) => Guarded(helper, Call(arguments, null))));
        handlebars.RegisterHelper(name, (HandlebarsBlockHelper)((output, options, context, arguments) =>
        {
            var call = Call(arguments, item => Body(options, item ?? context.Value!));
            output.WriteSafeString(TemplateText.Of(Guarded(helper, call)));
        }));
    }

    private void RegisterCondition(string name, Func<HelperCall, bool> condition)
    {
        handlebars.RegisterHelper(name, (HandlebarsReturnHelper)((_, arguments) =>
        {
            var call = Call(arguments, null);
            var holds = condition(call);
            return call.Options.TryGetValue(holds ? "yes" : "no", out var chosen) ? chosen : holds;
        }));
        handlebars.RegisterHelper(name, (HandlebarsBlockHelper)((output, options, context, arguments) =>
        {
            if (condition(Call(arguments, null)))
            {
                options.Template(output, context);
            }
            else if (name is not ("contains" or "matches"))
            {
                options.Inverse(output, context);
            }
        }));
    }

    private static object? Guarded(Func<HelperCall, object?> helper, HelperCall call)
    {
        try
        {
            return helper(call);
        }
        catch (HelperException exception)
        {
            return $"[ERROR: {exception.Message}]";
        }
    }

    private static HelperCall Call(Arguments arguments, Func<object?, string>? block)
    {
        var hash = arguments.Hash;
        var positional = arguments.AsEnumerable()
            .Where(argument => !ReferenceEquals(argument, hash) && argument?.GetType().Name != "HashParameterDictionary")
            .Select(Found)
            .ToArray();
        return new(positional, hash.ToDictionary(p => p.Key, p => Found(p.Value), StringComparer.Ordinal), variables!, block);
    }

    private static object? Found(object? value) => value is UndefinedBindingResult ? null : value;

    private static string Body(BlockHelperOptions options, object context)
    {
        using var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        using var writer = new EncodedTextWriter(text, null, FormatterProvider.Current, suppressEncoding: true);
        using var frame = options.CreateFrame(context);
        var named = new BlockParamsValues(frame, options.BlockVariables);
        named[0] = context;
        options.Template(writer, frame);
        return text.ToString();
    }

    /// <summary>Prints values as Java does instead of .NET's way.</summary>
    private sealed class Formatters : IFormatterProvider, IFormatter
    {
        public bool TryCreateFormatter(Type type, out IFormatter formatter)
        {
            formatter = this;
            return type == typeof(bool) || type == typeof(double)
                || (type.Assembly == typeof(TemplateEngine).Assembly && typeof(System.Collections.IEnumerable).IsAssignableFrom(type));
        }

        public void Format<T>(T value, in EncodedTextWriter writer) => writer.Write(TemplateText.Of(value), encode: false);
    }
}

/// <summary>A template cannot be compiled or rendered.</summary>
internal sealed class TemplateException(string message, Exception inner) : Exception(message, inner);
