Imports Xunit

Public Class Tests
    <Fact>
    Public Sub One_and_one_is_two()
        Assert.Equal(2, 1 + 1)
    End Sub
End Class
