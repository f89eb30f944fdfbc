module Tests

open Xunit

[<Fact>]
let ``One and one is two`` () = Assert.Equal(2, 1 + 1)
