Attribute VB_Name = "QdTexts"
Option Explicit

' Every word that is shown stands in a hidden sheet: sources are ASCII, so that they read the same on every machine.

Public Function Text(ByVal key As String) As String
    Text = Found("Qd_Texts", key, 1)
End Function

' A text with {0} and {1} filled in.
Public Function Filled(ByVal key As String, ByVal first As String, ByVal second As String) As String
    Filled = Replace(Replace(Text(key), "{0}", first), "{1}", second)
End Function

' What stands beside a key in a table that begins at a named cell; "" where the key is not there.
Public Function Found(ByVal table As String, ByVal key As String, ByVal column As Long) As String
    Dim row As Range
    Set row = Application.ThisWorkbook.Names(table).RefersToRange
    Do While CStr(row.Value) <> ""
        If CStr(row.Value) = key Then
            Found = CStr(row.Offset(0, column).Value)
            Exit Function
        End If
        Set row = row.Offset(1, 0)
    Loop
End Function
