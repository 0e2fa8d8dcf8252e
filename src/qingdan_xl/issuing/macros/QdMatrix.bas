Attribute VB_Name = "QdMatrix"
Option Explicit

' The matrix: letters that are known, one who leads each duty, at least one who carries it.

Private Const PERSON As String = "person:"
Private Const COMMA_SIGN As Long = &H3001

Private Known As String
Private FirstPerson As Long

' Duties without who leads and without who carries them: how many, the first row, their numbers.
Private NoLeader As Long
Private NoLeaderRow As Long
Private NoLeaderNumbers As String
Private NoCarrier As Long
Private NoCarrierRow As Long
Private NoCarrierNumbers As String

Public Sub Check(ByVal rows As String)
    Dim row As Variant
    FirstPerson = QdPage.At(PERSON & "0")
    If rows = "" Or FirstPerson = 0 Then Exit Sub
    Known = QdForm.Words("qd_raci")
    NoLeader = 0
    NoLeaderNumbers = ""
    NoCarrier = 0
    NoCarrierNumbers = ""
    For Each row In Split(rows, " ")
        Letters CLng(row)
    Next row
    If NoLeader > 0 Then Lacking "no-leader", NoLeaderRow, NoLeader, NoLeaderNumbers
    If NoCarrier > 0 Then Lacking "no-responsible", NoCarrierRow, NoCarrier, NoCarrierNumbers
End Sub

Private Sub Letters(ByVal row As Long)
    Dim at As Long, found As String, leaders As Long, second As Long, names As String, isCarried As Boolean
    For at = FirstPerson To QdPage.Count()
        found = Letter(QdPage.Raw(row, at))
        If found <> "" Then
            If Not QdForm.Has(Known, found) Then Unknown row, at, found
            If InStr(found, "R") > 0 Then isCarried = True
            If InStr(found, "A") > 0 Then
                leaders = leaders + 1
                If leaders = 2 Then second = at
                names = names & IIf(leaders = 1, "", ChrW(COMMA_SIGN)) & QdPage.Heading(at)
            End If
        End If
    Next at
    If leaders > 1 Then TwoLeaders row, second, leaders, names
    If leaders > 0 And isCarried Then Exit Sub
    If QdForm.DutyAt(QdForm.BY_ID, QdPage.Raw(row, QdPage.At("row_id"))) = 0 Then Exit Sub
    If leaders = 0 Then
        If NoLeader = 0 Then NoLeaderRow = row
        NoLeader = NoLeader + 1
        NoLeaderNumbers = QdFindings.Listed(NoLeaderNumbers, Number(row), NoLeader)
    End If
    If Not isCarried Then
        If NoCarrier = 0 Then NoCarrierRow = row
        NoCarrier = NoCarrier + 1
        NoCarrierNumbers = QdFindings.Listed(NoCarrierNumbers, Number(row), NoCarrier)
    End If
End Sub

' The letter that is meant; A and R in any order and parting are AR.
Private Function Letter(ByVal raw As String) As String
    Dim bare As String
    Letter = raw
    If raw = "" Or QdForm.Has(Known, raw) Then Exit Function
    Letter = UCase$(QdValues.Stripped(QdValues.HalfWidth(raw)))
    bare = Replace(Replace(Letter, "/", ""), ChrW(COMMA_SIGN), "")
    If bare = "RA" Or bare = "AR" Then Letter = "AR"
End Function

Private Sub Unknown(ByVal row As Long, ByVal at As Long, ByVal found As String)
    Dim sentence As String
    sentence = QdFindings.Told("not-a-choice", "heading", QdPage.Heading(at))
    sentence = QdFindings.Fill(sentence, "text", found)
    sentence = QdFindings.Fill(sentence, "choices", Replace(Known, vbLf, ChrW(COMMA_SIGN)))
    QdRules.Report "not-a-choice", row, at, sentence
End Sub

Private Sub TwoLeaders(ByVal row As Long, ByVal second As Long, ByVal count As Long, ByVal names As String)
    Dim sentence As String
    sentence = QdFindings.Told("two-leaders", "number", Number(row))
    sentence = QdFindings.Fill(QdFindings.Fill(sentence, "count", CStr(count)), "names", names)
    QdRules.Report "two-leaders", row, second, sentence
End Sub

Private Sub Lacking(ByVal code As String, ByVal first As Long, ByVal count As Long, ByVal numbers As String)
    Dim sentence As String
    sentence = QdFindings.Fill(QdFindings.Told(code, "count", CStr(count)), "numbers", numbers)
    QdRules.Report code, first, FirstPerson, sentence
End Sub

' A duty's number with its list: several lists have a duty of that number.
Private Function Number(ByVal row As Long) As String
    Number = QdValues.Stripped(QdPage.Raw(row, QdPage.At("sheet")) & " " & QdPage.Raw(row, QdPage.At("number")))
End Function
