using FluentAssertions;
using FluentAssertions.Execution;
using FluentAssertions.Primitives;

namespace IntegrationKit;

/// <summary>Assertions about the files the application wrote in this test; a failure lists them.</summary>
public sealed class FileSandboxAssertions : ReferenceTypeAssertions<FileSandbox, FileSandboxAssertions>
{
    internal FileSandboxAssertions(FileSandbox subject)
        : base(subject)
    {
    }

    /// <inheritdoc/>
    protected override string Identifier => "folder";

    /// <summary>There is such a file; the path is relative, with slashes.</summary>
    public AndWhichConstraint<FileSandboxAssertions, string> HaveFile(string file, string because = "", params object[] becauseArgs)
    {
        Execute.Assertion.BecauseOf(because, becauseArgs).ForCondition(Subject.Files.Contains(file)).FailWith(
            "Expected {0} to hold {1}{reason}, but it holds {2}.", Plain.Of(Subject.Name), Plain.Of(file), Plain.Of(All()));
        return new AndWhichConstraint<FileSandboxAssertions, string>(this, Subject.Files.Contains(file) ? Subject.ReadText(file) : "");
    }

    /// <summary>The application wrote nothing.</summary>
    public AndConstraint<FileSandboxAssertions> BeEmpty(string because = "", params object[] becauseArgs)
    {
        Execute.Assertion.BecauseOf(because, becauseArgs).ForCondition(Subject.Files.Count == 0).FailWith(
            "Expected {0} to be empty{reason}, but it holds {1}.", Plain.Of(Subject.Name), Plain.Of(All()));
        return new AndConstraint<FileSandboxAssertions>(this);
    }

    private string All() => Subject.Files.Count == 0 ? "no files" : string.Join(", ", Subject.Files);
}
