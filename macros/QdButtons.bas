Attribute VB_Name = "QdButtons"
Option Explicit

' What the buttons of the workbook are bound to: one procedure each.

Public Sub NewYear()
    QdRun.RunVerb "init"
End Sub

Public Sub ParseLists()
    QdRun.RunVerb "parse"
End Sub

Public Sub IssueWorkbooks()
    QdRun.RunVerb "issue"
End Sub

Public Sub CollectReturns()
    QdRun.RunVerb "collect"
End Sub

Public Sub Summarize()
    QdRun.RunVerb "summarize"
End Sub

Public Sub Remind()
    QdRun.RunVerb "remind"
End Sub

Public Sub Assess()
    QdRun.RunVerb "assess"
End Sub

Public Sub Report()
    QdRun.RunVerb "report"
End Sub

Public Sub RefreshOverview()
    QdRun.RunVerb "status"
End Sub

Public Sub OpenResults()
    QdRun.OpenResults
End Sub

Public Sub CheckSettings()
    QdRun.CheckSettings
End Sub

Public Sub PickFolder()
    QdSettings.PickFolder
End Sub

' Presses a button from outside: "ok", or what went wrong. Names are those of the procedures above.
Public Function Press(ByVal button As String) As String
    On Error GoTo failed
    Select Case button
        Case "NewYear": NewYear
        Case "ParseLists": ParseLists
        Case "IssueWorkbooks": IssueWorkbooks
        Case "CollectReturns": CollectReturns
        Case "Summarize": Summarize
        Case "Remind": Remind
        Case "Assess": Assess
        Case "Report": Report
        Case "RefreshOverview": RefreshOverview
        Case "OpenResults": OpenResults
        Case "CheckSettings": CheckSettings
        Case "PickFolder": PickFolder
        Case Else
            Press = "no such button: " & button
            Exit Function
    End Select
    Press = QdRun.LastFault
    If Press = "" Then Press = "ok"
    Exit Function
failed:
    Press = "error " & Err.Number & ": " & Err.Description
End Function
