Attribute VB_Name = "QdPage"
Option Explicit

' One sheet of answers at a time: its columns found by their headings, its cells read.

Private Const HEADING_ROWS As Long = 30
Private Const LONGEST_HEADING As Long = 60
Private Const ENOUGH As Double = 0.6
Private Const MOST_LINES As Long = 10000
Private Const MOST_COLUMNS As Long = 100
Private Const IS_SEEN As Long = -1

Private Page As Worksheet
Private Contents As Variant
Private Formulas As Variant
Private Lines As Long
Private Wide As Long
Private HeadingRow As Long

' The columns of the sheet as they are declared; Places says where each stands, 0 for one that is not there.
Private Fields As Long
Private Keys() As String
Private Headings() As String
Private Names() As String
Private Kinds() As String
Private Rows() As Long
Private Bare() As String
Private Places() As Long

Private Raws() As String
Private Shown() As String
Private Whys() As String
Private Padded() As Boolean
Private Days() As Double
Private Numbers() As Double

' Reads a sheet of this kind by its title, or where it is called otherwise by its headings and, of duties, its ids; False
' where there is none.
Public Function Load(ByVal key As String, ByVal title As String) As Boolean
    Dim candidate As Worksheet, isThere As Boolean
    TakeFields key
    For Each candidate In Application.ThisWorkbook.Worksheets
        If candidate.Name = title Then
            isThere = True
            Load = Taken(candidate)
        End If
    Next candidate
    If isThere Then Exit Function
    For Each candidate In Application.ThisWorkbook.Worksheets
        If candidate.Visible = IS_SEEN And Not QdForm.IsIssued(candidate.Name) Then
            Load = Taken(candidate)
            If Load And key = "duty" Then Load = HoldsDuties(title)
            If Load Then Exit Function
        End If
    Next candidate
End Function

Private Function Taken(ByVal candidate As Worksheet) As Boolean
    Set Page = candidate
    TakeCells
    Taken = FindHeadings()
    If Taken Then ReadCells
End Function

' Whether the first duty that stands here was issued on the sheet of that title.
Private Function HoldsDuties(ByVal title As String) As Boolean
    Dim row As Long, duty As Long
    For row = First() To Last()
        duty = QdForm.DutyAt(QdForm.BY_ID, Raw(row, At("row_id")))
        If duty > 0 Then
            HoldsDuties = (QdForm.RoleTitle(QdForm.DutyRole(duty)) = title)
            Exit Function
        End If
    Next row
End Function

Private Sub TakeFields(ByVal key As String)
    Dim i As Long, people() As String
    Fields = 0
    people = Split(QdForm.Words("qd_person"), vbLf)
    ReDim Keys(1 To QdForm.FieldCount() + UBound(people) + 2)
    ReDim Headings(1 To UBound(Keys))
    ReDim Names(1 To UBound(Keys))
    ReDim Kinds(1 To UBound(Keys))
    ReDim Rows(1 To UBound(Keys))
    ReDim Places(1 To UBound(Keys))
    For i = 1 To QdForm.FieldCount()
        If QdForm.Field(i, 1) = key Then AddField QdForm.Field(i, 3), QdForm.Field(i, 4), QdForm.Field(i, 5), QdForm.Field(i, 6), i
    Next i
    If key <> "matrix" Then Exit Sub
    For i = 0 To UBound(people)
        AddField "person:" & i, people(i), QdValues.HeadingText(people(i)), "person", 0
    Next i
End Sub

Private Sub AddField(ByVal key As String, ByVal heading As String, ByVal known As String, ByVal kind As String, ByVal row As Long)
    Fields = Fields + 1
    Keys(Fields) = key
    Headings(Fields) = heading
    Names(Fields) = known
    Kinds(Fields) = kind
    Rows(Fields) = row
    Places(Fields) = 0
End Sub

' One line and one column more than are filled, so that there are several of both; no more than a sheet of answers has.
Private Sub TakeCells()
    With Page.UsedRange
        Wide = .Column + .Columns.Count
        If Wide > MOST_COLUMNS Then Wide = MOST_COLUMNS
        Lines = LastFilled(.Row + .Rows.Count - 1) + 1
        If Lines > MOST_LINES Then Lines = MOST_LINES
    End With
    With Page.Range(Page.Cells(1, 1), Page.Cells(Lines, Wide))
        Contents = .Value
        Formulas = .Formula
    End With
End Sub

' The last line with something in it: a look that somebody gave to whole columns makes the range used as long as the sheet.
Private Function LastFilled(ByVal bottom As Long) As Long
    Dim above As Long, middle As Long, below As Range
    LastFilled = bottom
    Do While LastFilled > above
        middle = (LastFilled + above) \ 2
        Set below = Page.Range(Page.Cells(middle + 1, 1), Page.Cells(LastFilled, Wide))
        If Application.WorksheetFunction.CountA(below) = 0 Then LastFilled = middle Else above = middle + 1
    Loop
End Function

' The row with most of the headings; more than half of them have to stand there. Mostly they stand as they were issued.
Private Function FindHeadings() As Boolean
    Dim row As Long, count As Long, most As Long, i As Long
    HeadingRow = 0
    For row = 1 To Lines
        If row > HEADING_ROWS Then Exit For
        If CountAsIssued(LineOf(row, True)) = ColumnCount() Then
            HeadingRow = row
            most = ColumnCount()
            Exit For
        End If
    Next row
    For row = 1 To IIf(HeadingRow > 0, 0, Lines)
        If row > HEADING_ROWS Then Exit For
        count = CountIn(LineOf(row, False))
        If count > most Then
            most = count
            HeadingRow = row
        End If
    Next row
    If most = 0 Or most < ENOUGH * ColumnCount() Then Exit Function
    TakeHeadings
    For i = 1 To Fields
        Places(i) = PlaceOf(i)
    Next i
    FindHeadings = True
End Function

' The texts of a row as headings are compared; as they stand they are quicker to have.
Private Function LineOf(ByVal row As Long, ByVal asTheyStand As Boolean) As String
    Dim column As Long
    For column = 1 To Wide
        If VarType(Contents(row, column)) = vbString Then
            If Len(Contents(row, column)) > LONGEST_HEADING Then
            ElseIf asTheyStand Then
                LineOf = LineOf & vbLf & Contents(row, column)
            Else
                LineOf = LineOf & vbLf & QdValues.HeadingText(Contents(row, column))
            End If
        End If
    Next column
End Function

Private Function CountAsIssued(ByVal line As String) As Long
    Dim at As Long
    For at = 1 To Fields
        If Kinds(at) <> "shown" Then
            If QdForm.Has(line, Headings(at)) Then CountAsIssued = CountAsIssued + 1
        End If
    Next at
End Function

Private Function CountIn(ByVal line As String) As Long
    Dim at As Long, name As Variant
    For at = 1 To Fields
        If Kinds(at) <> "shown" Then
            For Each name In Split(Names(at), vbLf)
                If QdForm.Has(line, CStr(name)) Then
                    CountIn = CountIn + 1
                    Exit For
                End If
            Next name
        End If
    Next at
End Function

Private Sub TakeHeadings()
    Dim column As Long
    ReDim Bare(1 To Wide)
    For column = 1 To Wide
        If VarType(Contents(HeadingRow, column)) = vbString Then Bare(column) = HeadingIn(column)
    Next column
End Sub

Private Function HeadingIn(ByVal column As Long) As String
    If Len(Contents(HeadingRow, column)) <= LONGEST_HEADING Then HeadingIn = QdValues.HeadingText(Contents(HeadingRow, column))
End Function

' The columns without those that are only looked at.
Private Function ColumnCount() As Long
    Dim i As Long
    For i = 1 To Fields
        If Kinds(i) <> "shown" Then ColumnCount = ColumnCount + 1
    Next i
End Function

' Where a column stands by the first of its names that is there; 0 for nowhere.
Private Function PlaceOf(ByVal at As Long) As Long
    Dim name As Variant, column As Long
    For Each name In Split(Names(at), vbLf)
        For column = 1 To Wide
            If Bare(column) = name Then
                PlaceOf = column
                Exit Function
            End If
        Next column
    Next name
End Function

Private Sub ReadCells()
    Dim row As Long, at As Long
    ReDim Raws(1 To Lines, 1 To Fields)
    ReDim Shown(1 To Lines, 1 To Fields)
    ReDim Whys(1 To Lines, 1 To Fields)
    ReDim Padded(1 To Lines, 1 To Fields)
    ReDim Days(1 To Lines, 1 To Fields)
    ReDim Numbers(1 To Lines, 1 To Fields)
    For row = HeadingRow + 1 To Lines
        For at = 1 To Fields
            If Places(at) > 0 Then
                If Not IsEmpty(Contents(row, Places(at))) Then ReadCell row, at, Contents(row, Places(at)), CStr(Formulas(row, Places(at)))
            End If
        Next at
    Next row
End Sub

Private Sub ReadCell(ByVal row As Long, ByVal at As Long, ByVal content As Variant, ByVal typed As String)
    Dim isTyped As Boolean
    isTyped = (Left$(typed, 1) <> "=")
    If Not isTyped Then isTyped = Not IsFormula(row, at, content, typed)
    If Kinds(at) = "shown" Then
        If Not IsError(content) Then Shown(row, at) = QdValues.PlainText(content)
    ElseIf IsError(content) Then
        Raws(row, at) = Page.Cells(row, Places(at)).Text
        Whys(row, at) = QdForm.Text("error")
    ElseIf isTyped Then
        Whys(row, at) = QdValues.Fault(Kinds(at), content, Raws(row, at), Shown(row, at), Days(row, at), Numbers(row, at))
        If VarType(content) = vbString Then Padded(row, at) = (Len(Raws(row, at)) < Len(content))
    Else
        Raws(row, at) = typed
        Whys(row, at) = QdForm.Text("formula")
    End If
End Sub

' A text that begins like a formula is none, and LibreOffice shows a ticked cell as one.
Private Function IsFormula(ByVal row As Long, ByVal at As Long, ByVal content As Variant, ByVal typed As String) As Boolean
    If VarType(content) = vbBoolean And (typed = "=TRUE()" Or typed = "=FALSE()") Then Exit Function
    IsFormula = Page.Cells(row, Places(at)).HasFormula
End Function

Public Function Title() As String
    Title = Page.Name
End Function

Public Function First() As Long
    First = HeadingRow + 1
End Function

Public Function Last() As Long
    Last = Lines
End Function

Public Function Count() As Long
    Count = Fields
End Function

' Where a column stands among those of the sheet; 0 for none of its own.
Public Function At(ByVal key As String) As Long
    Dim i As Long
    For i = 1 To Fields
        If Keys(i) = key Then
            At = i
            Exit Function
        End If
    Next i
End Function

Public Function Key(ByVal column As Long) As String
    Key = Keys(column)
End Function

Public Function Heading(ByVal column As Long) As String
    Heading = Headings(column)
End Function

Public Function Kind(ByVal column As Long) As String
    Kind = Kinds(column)
End Function

' A field of the column's declaration: see QdForm.Field; "" for the people of the matrix.
Public Function Declared(ByVal column As Long, ByVal part As Long) As String
    If Rows(column) > 0 Then Declared = QdForm.Field(Rows(column), part)
End Function

Public Function IsThere(ByVal column As Long) As Boolean
    If column > 0 Then IsThere = (Places(column) > 0)
End Function

' How often a column's heading stands on the row of the headings.
Public Function Times(ByVal at As Long) As Long
    Dim column As Long, heading As String
    heading = QdValues.HeadingText(Headings(at))
    For column = 1 To Wide
        If Bare(column) = heading Then Times = Times + 1
    Next column
End Function

' Whether anything stands in one of the sheet's columns.
Public Function IsFilled(ByVal row As Long) As Boolean
    Dim at As Long
    For at = 1 To Fields
        If Raws(row, at) <> "" Then
            IsFilled = True
            Exit Function
        End If
    Next at
End Function

' What stands in a cell; "" in a column that is not there, as in all that follow.
Public Function Raw(ByVal row As Long, ByVal column As Long) As String
    If column > 0 Then Raw = Raws(row, column)
End Function

' A cell's text, where it can be read.
Public Function Value(ByVal row As Long, ByVal column As Long) As String
    If column > 0 Then Value = Shown(row, column)
End Function

Public Function Why(ByVal row As Long, ByVal column As Long) As String
    Why = Whys(row, column)
End Function

Public Function DayIn(ByVal row As Long, ByVal column As Long) As Double
    If column > 0 Then DayIn = Days(row, column)
End Function

Public Function NumberIn(ByVal row As Long, ByVal column As Long) As Double
    NumberIn = Numbers(row, column)
End Function

' Whether a day stands in its cell as a text, or as a number like 20260301.
Public Function IsTextDay(ByVal row As Long, ByVal column As Long) As Boolean
    If DayIn(row, column) = 0 Then Exit Function
    IsTextDay = (VarType(Contents(row, Places(column))) = vbString)
    If Len(Raws(row, column)) = 8 And IsNumeric(Raws(row, column)) Then IsTextDay = True
End Function

' Whether a text has blanks around it or is nothing but blanks: no formula takes it for the word.
Public Function IsPadded(ByVal row As Long, ByVal column As Long) As Boolean
    IsPadded = Padded(row, column)
End Function

Public Function Address(ByVal row As Long, ByVal column As Long) As String
    If IsThere(column) Then Address = Page.Cells(row, Places(column)).Address(False, False)
End Function
