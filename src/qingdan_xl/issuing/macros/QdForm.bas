Attribute VB_Name = "QdForm"
Option Explicit

' What the workbook was issued with, out of its two hidden sheets: duties, demands, lists, and the tables of the checks.

Private Const SHEET_NAME As String = "qd_check_"
Public Const BY_ID As Long = 1
Public Const BY_LABEL As Long = 4

Private Texts As Variant
Private Codes As Variant
Private Fields As Variant
Private Dues As Variant
Private Unseen As Variant
Private Duties As Variant
Private Roles As Variant
Private Ids As String
Private Labels As String
Private Proofs As String
Private Hosted As String
Private ListNames() As String
Private ListWords() As String
Private ListCount As Long

' What keeps the check from being made, in words: a sheet that it cannot do without is gone; "" where nothing does. Where
' the sheet with the words is gone these stand in the source, by their codes: this workbook is not whole.
Public Function Lacking() As String
    Dim code As Variant
    On Error GoTo gone
    Texts = Table(Start("texts"), 2)
    If Not IsSheet(Text("result")) Then Lacking = Failed(QdFindings.Fill(Text("sheet_gone"), "sheet", Text("result")))
    If Not IsSheet(Text("hidden")) Then Lacking = Failed(QdFindings.Fill(Text("sheet_gone"), "sheet", Text("hidden")))
    Exit Function
gone:
    For Each code In Split("8FD9 4E2A 586B 62A5 8868 4E0D 5B8C 6574 FF0C 8BF7 7528 4E0B 53D1 65F6 7684 6587 4EF6 3002", " ")
        Lacking = Lacking & ChrW(CLng("&H" & code))
    Next code
End Function

' That the check was not made, and why.
Public Function Failed(ByVal why As String) As String
    Failed = QdFindings.Fill(Text("not_made"), "why", why)
End Function

Private Function IsSheet(ByVal title As String) As Boolean
    Dim page As Worksheet
    For Each page In Application.ThisWorkbook.Worksheets
        If page.Name = title Then IsSheet = True
    Next page
End Function

' Whether a sheet of this title was issued.
Public Function IsIssued(ByVal title As String) As Boolean
    Dim i As Long
    IsIssued = (title = Text("result"))
    For i = 1 To RoleCount()
        If RoleTitle(i) = title Then IsIssued = True
    Next i
    For i = 1 To FieldCount()
        If Field(i, 2) = title Then IsIssued = True
    Next i
End Function

Public Sub Load()
    Dim hidden As Worksheet
    QdValues.Prepare
    Texts = Table(Start("texts"), 2)
    Codes = Table(Start("codes"), 3)
    Fields = Table(Start("columns"), 11)
    Dues = Table(Start("dues"), 2)
    Unseen = Table(Start("unseen"), 2)
    Set hidden = Application.ThisWorkbook.Worksheets(Text("hidden"))
    Roles = Table(hidden.Cells(2, CLng(Text("role_sheets"))), 5)
    Duties = Table(hidden.Cells(2, CLng(Text("duty_rows"))), 4)
    Ids = Places(BY_ID)
    Labels = Places(BY_LABEL)
    LoadDemands Table(hidden.Cells(2, CLng(Text("demands"))), 4)
    LoadLists hidden
End Sub

' Every duty by one of its columns, with its row behind it: a search in one long text is quick.
Private Function Places(ByVal part As Long) As String
    Dim i As Long
    For i = Count(Duties) To 1 Step -1
        Places = vbLf & QdValues.PlainText(Duties(i, part)) & vbTab & i & ";" & Places
    Next i
End Function

' The categories that count for each duty, and those that a personal list counts: for itself or for all its duties.
Private Sub LoadDemands(ByVal rows As Variant)
    Dim i As Long, id As String, category As String
    Proofs = ""
    Hosted = ""
    For i = 1 To Count(rows)
        id = QdValues.PlainText(rows(i, 1))
        category = Unescaped(QdValues.PlainText(rows(i, 2)))
        Proofs = Proofs & vbLf & id & vbTab & category
        If QdValues.PlainText(rows(i, 4)) <> "" Then Hosted = Hosted & vbLf & id & vbTab & category & vbLf & vbTab & category
    Next i
End Sub

' A category stands in the table as a criterion of a formula.
Private Function Unescaped(ByVal criterion As String) As String
    Unescaped = Replace(Replace(Replace(criterion, "~*", "*"), "~?", "?"), "~~", "~")
End Function

' Whether an activity of this category counts for a duty.
Public Function Counts(ByVal duty As Long, ByVal category As String) As Boolean
    Counts = Has(Proofs, DutyId(duty) & vbTab & category)
End Function

' Whether a personal list counts it: for one duty, or for any where that is 0.
Public Function CountsByHost(ByVal duty As Long, ByVal category As String) As Boolean
    Dim id As String
    If duty > 0 Then id = DutyId(duty)
    CountsByHost = Has(Hosted, id & vbTab & category)
End Function

Private Function Start(ByVal name As String) As Range
    Set Start = Application.ThisWorkbook.Names(SHEET_NAME & name).RefersToRange
End Function

' The rows of a table from its first cell down to a blank one; Empty where it has none.
Private Function Table(ByVal first As Range, ByVal width As Long) As Variant
    Dim last As Long
    last = first.Row
    Do While CStr(first.Worksheet.Cells(last, first.Column).Value) <> ""
        last = last + 1
    Loop
    If last = first.Row Then Exit Function
    Table = first.Worksheet.Range(first, first.Worksheet.Cells(last - 1, first.Column + width - 1)).Value
End Function

Private Sub LoadLists(ByVal hidden As Worksheet)
    Dim column As Long
    ReDim ListNames(0 To 99)
    ReDim ListWords(0 To 99)
    ListCount = 0
    column = CLng(Text("lists"))
    Do While CStr(hidden.Cells(1, column).Value) <> "" And ListCount <= 99
        ListNames(ListCount) = CStr(hidden.Cells(1, column).Value)
        ListWords(ListCount) = Joined(Table(hidden.Cells(2, column), 2))
        ListCount = ListCount + 1
        column = column + 1
    Loop
End Sub

Private Function Joined(ByVal rows As Variant) As String
    Dim i As Long
    For i = 1 To Count(rows)
        Joined = Joined & IIf(i = 1, "", vbLf) & QdValues.PlainText(rows(i, 1))
    Next i
End Function

Private Function Count(ByVal rows As Variant) As Long
    If IsArray(rows) Then Count = UBound(rows, 1)
End Function

' The words of a dropdown list, parted by line ends.
Public Function Words(ByVal list As String) As String
    Dim i As Long
    For i = 0 To ListCount - 1
        If ListNames(i) = list Then Words = ListWords(i)
    Next i
End Function

' Whether a word is one of those that are parted by line ends.
Public Function Has(ByVal these As String, ByVal word As String) As Boolean
    If InStr(1, word, vbLf, vbBinaryCompare) > 0 Then Exit Function
    Has = InStr(1, vbLf & these & vbLf, vbLf & word & vbLf, vbBinaryCompare) > 0
End Function

Public Function Text(ByVal key As String) As String
    Dim i As Long
    For i = 1 To UBound(Texts, 1)
        If Texts(i, 1) = key Then
            Text = CStr(Texts(i, 2))
            Exit Function
        End If
    Next i
End Function

' What is wrong (2) or what to do (3) by the code of a problem.
Public Function Wording(ByVal code As String, ByVal part As Long) As String
    Dim i As Long
    For i = 1 To UBound(Codes, 1)
        If Codes(i, 1) = code Then Wording = CStr(Codes(i, part))
    Next i
End Function

Public Function IsUnseen(ByVal code As Long) As Boolean
    Dim i As Long
    For i = 1 To Count(Unseen)
        If code >= Unseen(i, 1) And code <= Unseen(i, 2) Then
            IsUnseen = True
            Exit Function
        End If
    Next i
End Function

Public Function FieldCount() As Long
    FieldCount = UBound(Fields, 1)
End Function

' One field of a column: 1 sheet, 2 title, 3 key, 4 heading, 5 names, 6 type, 7 list, 8 required, 9 editable, 10 answer,
' 11 hidden.
Public Function Field(ByVal row As Long, ByVal part As Long) As String
    Field = CStr(Fields(row, part))
End Function

' The title of a ledger, of the matrix or of the signatures by its key.
Public Function TitleOf(ByVal key As String) As String
    Dim i As Long
    For i = 1 To FieldCount()
        If Field(i, 1) = key Then TitleOf = Field(i, 2)
    Next i
End Function

Public Function RoleCount() As Long
    RoleCount = Count(Roles)
End Function

Public Function RoleTitle(ByVal role As Long) As String
    RoleTitle = QdValues.PlainText(Roles(role, 2))
End Function

Public Function RoleHolder(ByVal role As Long) As String
    RoleHolder = QdValues.PlainText(Roles(role, 5))
End Function

Public Function DutyCount() As Long
    DutyCount = Count(Duties)
End Function

' Where a duty stands by its id (1) or by its label (4); 0 for none of the unit's.
Public Function DutyAt(ByVal part As Long, ByVal word As String) As Long
    Dim place As Long, all As String
    If word = "" Then Exit Function
    all = IIf(part = BY_ID, Ids, Labels)
    place = InStr(1, all, vbLf & word & vbTab, vbBinaryCompare)
    If place > 0 Then DutyAt = Val(Mid$(all, place + Len(word) + 2, 6))
End Function

Public Function DutyId(ByVal duty As Long) As String
    DutyId = QdValues.PlainText(Duties(duty, 1))
End Function

Public Function DutyNumber(ByVal duty As Long) As String
    DutyNumber = QdValues.PlainText(Duties(duty, 3))
End Function

Public Function DutyLabel(ByVal duty As Long) As String
    DutyLabel = QdValues.PlainText(Duties(duty, BY_LABEL))
End Function

' The duty sheet, from 1, on which a duty was issued.
Public Function DutyRole(ByVal duty As Long) As Long
    Dim i As Long
    For i = 1 To RoleCount()
        If CStr(Roles(i, 1)) = CStr(Duties(duty, 2)) Then DutyRole = i
    Next i
End Function

Public Function DutyHolder(ByVal duty As Long) As String
    Dim role As Long
    role = DutyRole(duty)
    If role > 0 Then DutyHolder = RoleHolder(role)
End Function

' The date that the list gives a duty; 0 where the unit may set its own.
Public Function DutyDue(ByVal duty As Long) As Double
    Dim i As Long
    For i = 1 To Count(Dues)
        If QdValues.PlainText(Dues(i, 1)) = DutyId(duty) Then DutyDue = Dues(i, 2)
    Next i
End Function
