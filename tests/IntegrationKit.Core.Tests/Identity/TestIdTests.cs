namespace IntegrationKit.Identity;

public sealed class TestIdTests
{
    /// <summary>Worked out by Python: base32 of SHA-256 over the parts, a line each.</summary>
    [Fact]
    public void An_id_never_changes_between_versions() =>
        TestIds.For("Shop.Tests", "Shop.OrderTests", "Places(int,string)", [17, "A1"]).Should().Be("t1-qhgtq734vho6p6ht4qer");

    [Fact]
    public void Name_class_assembly_and_arguments_make_the_id()
    {
        string[] ids =
        [
            TestIds.For("A", "C", "M()", null), TestIds.For("B", "C", "M()", null), TestIds.For("A", "D", "M()", null), TestIds.For("A", "C", "N()", null),
            TestIds.For("A", "C", "M()", [1]), TestIds.For("A", "C", "M()", [1L, null]), TestIds.For("A", "C", "M()", ["1"]), TestIds.For("A", "C", "M()", [null]),
        ];

        ids.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Arguments_that_agree_in_their_first_fifty_characters_are_different_tests()
    {
        var start = new string('x', 60);

        TestIds.For("A", "C", "M", [start + "1"]).Should().NotBe(TestIds.For("A", "C", "M", [start + "2"]));
    }

    [Fact]
    public void Arguments_are_written_the_same_in_every_culture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = (System.Globalization.CultureInfo)before.Clone();
            System.Globalization.CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";

            TestIds.Canonical(1.5m).Should().Be("1.5");
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_argument_that_cannot_be_read_is_known_by_its_type() =>
        TestIds.Canonical(new Unreadable()).Should().Be(typeof(Unreadable).FullName);

    public sealed class Unreadable
    {
        private readonly Dictionary<string, string> values = [];

        public string Value => values["missing"];
    }
}
