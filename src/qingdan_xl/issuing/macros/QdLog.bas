Attribute VB_Name = "QdLog"
Option Explicit

' The log: what was done, by whom, with what evidence; and the checks that look at it as a whole.

Private Duties() As Long
Private Categories() As String
Private Hosts() As String
Private HaveEvidence() As Boolean
Private Total As Long

' Remembers the rows of the log that may count: the log is the sheet that was read last.
Public Sub Remember()
    Dim row As Long, label As String
    Total = 0
    ReDim Duties(1 To QdPage.Last() + 1)
    ReDim Categories(1 To QdPage.Last() + 1)
    ReDim Hosts(1 To QdPage.Last() + 1)
    ReDim HaveEvidence(1 To QdPage.Last() + 1)
    For row = QdPage.First() To QdPage.Last()
        If QdPage.DayIn(row, QdPage.At("date")) <> 0 And QdPage.Value(row, QdPage.At("category")) <> "" Then
            Total = Total + 1
            Categories(Total) = QdPage.Value(row, QdPage.At("category"))
            Hosts(Total) = QdPage.Value(row, QdPage.At("host"))
            HaveEvidence(Total) = (QdPage.Raw(row, QdPage.At("evidence")) <> "")
            label = QdPage.Value(row, QdPage.At("duty"))
            Duties(Total) = 0
            If label <> "" Then
                Duties(Total) = QdForm.DutyAt(QdForm.BY_LABEL, label)
                If Duties(Total) = 0 Then Duties(Total) = -1
            End If
        End If
    Next row
End Sub

Public Sub Forget()
    Total = 0
End Sub

' Whether a row of the log with evidence counts for a duty.
Public Function Proves(ByVal duty As Long) As Boolean
    Dim i As Long, holder As String
    holder = QdForm.DutyHolder(duty)
    For i = 1 To Total
        If HaveEvidence(i) Then
            If Counts(i, duty, holder) Then
                Proves = True
                Exit Function
            End If
        End If
    Next i
End Function

' Whether a row of the log counts for a duty or is tied to it.
Public Function Dates(ByVal duty As Long) As Boolean
    Dim i As Long, holder As String
    holder = QdForm.DutyHolder(duty)
    For i = 1 To Total
        Dates = (Duties(i) = duty)
        If Not Dates Then Dates = Counts(i, duty, holder)
        If Dates Then Exit Function
    Next i
End Function

Private Function Counts(ByVal i As Long, ByVal duty As Long, ByVal holder As String) As Boolean
    If Duties(i) <> 0 And Duties(i) <> duty Then Exit Function
    If holder <> "" And Hosts(i) <> holder Then Exit Function
    Counts = QdForm.Counts(duty, Categories(i))
End Function

' One row of the log beside what is true of all cells.
Public Sub Entry(ByVal row As Long)
    Dim at As Long, day As Double, sentence As String
    at = QdPage.At("date")
    day = QdPage.DayIn(row, at)
    If day <> 0 Then
        If Year(day) <> CLng(QdForm.Text("year")) Then
            sentence = QdFindings.Told("date-outside-year", "date", QdValues.DayText(day))
            QdRules.Report "date-outside-year", row, at, QdFindings.Fill(sentence, "year", QdForm.Text("year"))
        End If
    End If
    at = QdPage.At("duty")
    If QdPage.Raw(row, at) <> "" Then
        If QdForm.DutyAt(QdForm.BY_LABEL, QdPage.Raw(row, at)) = 0 Then
            QdRules.Report "unknown-label", row, at, QdFindings.Told("unknown-label", "text", Left$(QdPage.Raw(row, at), 24))
        End If
    End If
    TwoHosts row, QdPage.At("host")
End Sub

Private Sub TwoHosts(ByVal row As Long, ByVal at As Long)
    Dim names As String, count As Long, sentence As String
    If QdPage.Raw(row, at) = "" Then Exit Sub
    If QdPage.Value(row, at) <> "" And QdForm.Has(QdForm.Words("qd_person"), QdPage.Value(row, at)) Then Exit Sub
    names = QdValues.Names(QdPage.Raw(row, at))
    count = UBound(Split(names, vbLf)) + 1
    If count < 2 Then Exit Sub
    sentence = QdFindings.Told("two-hosts", "count", CStr(count))
    QdRules.Report "two-hosts", row, at, QdFindings.Fill(sentence, "names", Replace(names, vbLf, ChrW(&H3001)))
End Sub

' Rows without a host that a personal list would count are told once, at the first of them.
Public Sub NoHost(ByVal rows As String)
    Dim row As Variant, at As Long, first As Long, count As Long, numbers As String, sentence As String
    at = QdPage.At("host")
    If rows = "" Or Not QdPage.IsThere(at) Then Exit Sub
    For Each row In Split(rows, " ")
        If QdPage.Raw(CLng(row), at) = "" Then
            If IsCountedByHost(CLng(row)) Then
                If count = 0 Then first = CLng(row)
                count = count + 1
                numbers = QdFindings.Listed(numbers, CStr(row), count)
            End If
        End If
    Next row
    If count = 0 Then Exit Sub
    sentence = QdFindings.Told("no-host", "count", CStr(count))
    QdRules.Report "no-host", first, at, QdFindings.Fill(sentence, "rows", numbers)
End Sub

Private Function IsCountedByHost(ByVal row As Long) As Boolean
    Dim category As String, label As String, duty As Long
    category = QdPage.Raw(row, QdPage.At("category"))
    label = QdPage.Raw(row, QdPage.At("duty"))
    duty = QdForm.DutyAt(QdForm.BY_LABEL, label)
    If category <> "" And (label = "" Or duty > 0) Then IsCountedByHost = QdForm.CountsByHost(duty, category)
End Function
