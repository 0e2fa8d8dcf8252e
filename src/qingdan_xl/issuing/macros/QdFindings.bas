Attribute VB_Name = "QdFindings"
Option Explicit

' What was found, and how it comes onto the sheet of results: the only sheet that is written to.

Private Const LONGEST_LIST As Long = 15

Private Found() As String
Private Total As Long
Private Firsts() As Long
Private Sizes() As Long
Private Members() As String

Public Sub Forget()
    Total = 0
    ReDim Found(1 To 5, 1 To 64)
End Sub

Public Function Count() As Long
    Count = Total
End Function

' Adds a problem: the sheet and the cell it stands in ("" for none), and its sentence with what is filled in.
Public Sub Add(ByVal code As String, ByVal sheet As String, ByVal cell As String, ByVal sentence As String)
    If Total = UBound(Found, 2) Then
        ReDim Preserve Found(1 To 5, 1 To 2 * Total)
    End If
    Total = Total + 1
    Found(1, Total) = code
    Found(2, Total) = sheet
    Found(3, Total) = cell
    Found(4, Total) = sentence
    Found(5, Total) = QdForm.Wording(code, 3)
End Sub

' The sentence of a problem with one of its blanks filled in.
Public Function Told(ByVal code As String, ByVal name As String, ByVal word As String) As String
    Told = Fill(QdForm.Wording(code, 2), name, word)
End Function

Public Function Fill(ByVal sentence As String, ByVal name As String, ByVal word As String) As String
    Fill = Replace(sentence, "{" & name & "}", word)
End Function

' Two lists of rows that have something in common.
Public Sub StartLists()
    ReDim Firsts(1 To 2)
    ReDim Sizes(1 To 2)
    ReDim Members(1 To 2)
End Sub

Public Sub AddToList(ByVal list As Long, ByVal row As Long, ByVal word As String)
    If Sizes(list) = 0 Then Firsts(list) = row
    Sizes(list) = Sizes(list) + 1
    Members(list) = Listed(Members(list), word, Sizes(list))
End Sub

Public Function ListCount(ByVal list As Long) As Long
    ListCount = Sizes(list)
End Function

Public Function ListFirst(ByVal list As Long) As Long
    ListFirst = Firsts(list)
End Function

Public Function ListWords(ByVal list As Long) As String
    ListWords = Members(list)
End Function

' A list of what a problem is about, so long as it is not too long.
Public Function Listed(ByVal these As String, ByVal more As String, ByVal count As Long) As String
    Listed = these
    If count <= LONGEST_LIST Then Listed = IIf(count = 1, more, these & ChrW(&H3001) & more)
    If count = LONGEST_LIST + 1 Then Listed = Fill(QdForm.Text("and_more"), "numbers", these)
End Function

' Brings the results to the front; False where they cannot be shown.
Public Function Shown() As Boolean
    On Error GoTo failed
    Application.ThisWorkbook.Worksheets(QdForm.Text("result")).Activate
    Shown = True
    Exit Function
failed:
    Shown = False
End Function

' The headline alone, where that can be written.
Public Sub ShowFailure(ByVal headline As String)
    On Error Resume Next
    Show headline
End Sub

Public Sub Show(ByVal headline As String)
    Dim page As Worksheet, first As Long, last As Long
    Set page = Application.ThisWorkbook.Worksheets(QdForm.Text("result"))
    first = CLng(QdForm.Text("result_row"))
    page.Unprotect
    last = page.UsedRange.Row + page.UsedRange.Rows.Count
    If last < first Then last = first
    page.Range(page.Cells(first, 1), page.Cells(last, 5)).ClearContents
    page.Cells(1, CLng(QdForm.Text("result_title"))).Value = headline
    If Total > 0 Then WriteRows page, first
    page.Protect
End Sub

Private Sub WriteRows(ByVal page As Worksheet, ByVal first As Long)
    Dim cells() As Variant, i As Long, part As Long
    ReDim cells(1 To Total, 1 To 5)
    For i = 1 To Total
        For part = 1 To 5
            cells(i, part) = AsText(Found(part, i))
        Next part
        If Found(2, i) = "" Then cells(i, 2) = QdForm.Text("whole_file")
        If Found(3, i) <> "" Then cells(i, 3) = Link(Found(2, i), Found(3, i))
    Next i
    With page.Range(page.Cells(first, 1), page.Cells(first + Total - 1, 5))
        .Formula = cells
        .Rows.AutoFit
    End With
End Sub

' What begins like a formula stays a text.
Private Function AsText(ByVal content As String) As String
    AsText = content
    If content <> "" Then AsText = IIf(InStr("=+-@", Left$(content, 1)) > 0, "'", "") & content
End Function

Private Function Link(ByVal sheet As String, ByVal cell As String) As String
    Dim target As String
    target = "#'" & Replace(sheet, "'", "''") & "'!" & cell
    Link = "=HYPERLINK(""" & Replace(target, """", """""") & """,""" & cell & """)"
End Function
