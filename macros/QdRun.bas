Attribute VB_Name = "QdRun"
Option Explicit

' One run of a verb from the press of a button to its line in the log.
' A fault of the macro itself is kept in LastFault and shown beside the button, never in a window of the debugger.

Private Const QUICK_SECONDS As Long = 2
Private Const START_SECONDS As Long = 30
Private Const SILENT_SECONDS As Long = 20
Private Const ESCAPE_PRESSED As Long = 18

Public LastFault As String
Private Busy As Boolean

Public Sub RunVerb(ByVal verb As String)
    Dim arguments As Variant, began As Date
    LastFault = ""
    If Busy Then
        QdBoard.Say QdTexts.Text("busy")
        Exit Sub
    End If
    On Error GoTo failed
    Busy = True
    began = Now
    If Prepared(verb, arguments) Then
        QdBoard.Begin verb, began
        Finish verb, began, Answered(verb, arguments, began)
    End If
    Busy = False
    Application.StatusBar = False
    If QdVerbs.Refreshes(verb) And QdReply.ExitCode < 2 And LastFault = "" Then RunVerb "status"
    Exit Sub
failed:
    LastFault = "error " & Err.Number & ": " & Err.Description
    Busy = False
    Fail verb, began, LastFault
End Sub

' What the verb needs is there and the coordinator agrees; otherwise why not stands beside the button.
Private Function Prepared(ByVal verb As String, ByRef arguments As Variant) As Boolean
    Dim lacking As String
    QdReply.Forget
    QdSettings.Gather verb
    lacking = QdVerbs.Lacking(verb)
    If lacking <> "" Then
        QdBoard.Refuse verb, lacking
    ElseIf Agreed(verb) Then
        arguments = QdVerbs.Arguments(verb)
        Prepared = True
    Else
        QdBoard.Refuse verb, QdTexts.Text("cancelled")
    End If
End Function

Private Function Agreed(ByVal verb As String) As Boolean
    Dim question As String
    question = QdVerbs.Question(verb)
    Agreed = True
    If question = "" Or Not QdSettings.IsYes("Ask") Then Exit Function
    Agreed = (MsgBox(question, vbOKCancel + vbQuestion, QdVerbs.Caption(verb)) = vbOK)
End Function

' Starts the run, waits for its answer and reads it; what stood in the way, or "".
Private Function Answered(ByVal verb As String, ByRef arguments As Variant, ByVal began As Date) As String
    Dim job As String
    job = QdSystem.NewJob()
    QdSystem.WriteText job & "request.json", QdReply.AsRequest(arguments)
    If QdSettings.UsesXlwings() Then
        Application.StatusBar = QdTexts.Filled("frozen", QdVerbs.Caption(verb), "")
        If RunPython("from qingdan_xl.cli.console import run_request; run_request('" & QdReply.InPython(Bare(job)) & "')") = -1 Then
            Answered = QdTexts.Filled("python-failed", QdSettings.Setting("Python"), "")
            Exit Function
        End If
    Else
        QdSystem.Launch QdSettings.Program() & " console """ & Bare(job) & """"
    End If
    Answered = Awaited(verb, job, began)
    If Answered = "" Then
        QdReply.Take QdSystem.ReadText(job & "answer.json")
        QdSystem.Discard job
    End If
End Function

' Waits until the answer is there, telling the seconds; "" or why it waits no longer.
' A run gives a sign every few seconds; seconds in which the machine slept count for two.
Private Function Awaited(ByVal verb As String, ByVal job As String, ByVal began As Date) As String
    Dim seconds As Long, before As Long, silent As Long, sign As String, last As String
    On Error GoTo interrupted
    QdSystem.CatchEscape True
    Do Until QdSystem.Exists(job & "answer.json")
        seconds = DateDiff("s", began, Now)
        Application.StatusBar = QdTexts.Filled("running", QdVerbs.Caption(verb), CStr(seconds))
        DoEvents
        If seconds >= QUICK_SECONDS Then Application.Wait Now + TimeSerial(0, 0, 1)
        silent = silent + IIf(seconds - before > 2, 2, seconds - before)
        before = seconds
        sign = QdSystem.Changed(job & "started")
        If sign <> last Then silent = 0
        last = sign
        If sign = "" And seconds > START_SECONDS Then
            Awaited = QdTexts.Filled("not-started", QdSettings.Program(), "")
            Exit Do
        ElseIf sign <> "" And silent > SILENT_SECONDS Then
            Awaited = QdTexts.Text("stopped")
            Exit Do
        End If
    Loop
    QdSystem.CatchEscape False
    Exit Function
interrupted:
    QdSystem.CatchEscape False
    If Err.Number = ESCAPE_PRESSED Then
        Awaited = QdTexts.Text("interrupted")
    Else
        Awaited = QdTexts.Filled("fault", Err.Number & " " & Err.Description, "")
    End If
End Function

' A folder without the separator at its end.
Private Function Bare(ByVal job As String) As String
    Bare = Left$(job, Len(job) - 1)
End Function

Private Sub Finish(ByVal verb As String, ByVal began As Date, ByVal hindrance As String)
    If hindrance <> "" Then
        QdBoard.Finish verb, began, "failed", hindrance, ""
        Exit Sub
    End If
    Select Case QdReply.ExitCode
        Case 0: QdBoard.Finish verb, began, "done", QdVerbs.Sentence(verb), QdReply.Value("said")
        Case 1: QdBoard.Finish verb, began, "problems", QdVerbs.Sentence(verb), QdReply.Value("said")
        Case Else: QdBoard.Finish verb, began, "failed", QdBoard.Head(QdReply.Value("said"), 1), QdReply.Value("said")
    End Select
    If QdReply.ExitCode > 1 Then Exit Sub
    If verb = "init" Then QdSettings.UseNewFolder
    If verb = "status" Then QdOverview.Fill
End Sub

Private Sub Fail(ByVal verb As String, ByVal began As Date, ByVal fault As String)
    On Error Resume Next
    QdBoard.Finish verb, began, "failed", QdTexts.Filled("fault", fault, ""), ""
    Application.StatusBar = False
End Sub

Public Sub OpenResults()
    Dim folder As String, began As Date
    LastFault = ""
    began = Now
    On Error GoTo failed
    folder = QdSettings.Folder() & QdSystem.Separator() & QdTexts.Text("results")
    If QdSettings.Folder() = "" Then
        QdBoard.Refuse "open", QdTexts.Text("no-folder")
    ElseIf Not QdSystem.Exists(folder) Then
        QdBoard.Refuse "open", QdTexts.Filled("no-results", folder, "")
    Else
        QdSystem.OpenFolder folder
        QdBoard.Finish "open", began, "done", QdTexts.Filled("opened", folder, ""), ""
    End If
    Exit Sub
failed:
    LastFault = "error " & Err.Number & ": " & Err.Description
    Fail "open", began, LastFault
End Sub

' Says on the settings sheet whether qingdan answers, and by which way the buttons run it.
Public Sub CheckSettings()
    QdSettings.ForgetWay
    RunVerb "version"
End Sub
