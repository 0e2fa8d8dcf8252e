Attribute VB_Name = "QdRun"
Option Explicit

' One run of a verb from the press of a button to its line in the log.
' A fault of the macro itself is kept in LastFault and shown beside the button, never in a window of the debugger.

Private Const QUICK_SECONDS As Long = 2
Private Const START_SECONDS As Long = 30
Private Const SILENT_SECONDS As Long = 20

Public LastFault As String
Private Running As String
Private Waiting As String

' Runs a verb, and the look at the figures where it changes them. A press during that look is run after it.
Public Sub RunVerb(ByVal verb As String)
    If Running <> "" Then
        Postpone verb
        Exit Sub
    End If
    Waiting = verb
    Do While Waiting <> ""
        verb = Waiting
        Waiting = ""
        RunOne verb
        If QdVerbs.Refreshes(verb) And QdReply.ExitCode < 2 And LastFault = "" Then RunOne "status"
    Loop
End Sub

' A press while something runs: the same verb is running already, another waits for no more than the figures.
Private Sub Postpone(ByVal verb As String)
    If verb = Running Or verb = Waiting Then Exit Sub
    If Running = "status" And Waiting = "" Then
        Waiting = verb
        QdBoard.Queue verb
    Else
        QdBoard.Refuse verb, QdTexts.Filled("busy", QdVerbs.Caption(IIf(Waiting = "", Running, Waiting)), "")
    End If
End Sub

Private Sub RunOne(ByVal verb As String)
    Dim arguments As Variant, began As Date
    LastFault = ""
    On Error GoTo failed
    Running = verb
    began = Now
    If Prepared(verb, arguments) Then
        began = Now
        QdBoard.Begin verb, began
        Finish verb, began, Answered(verb, arguments, began)
    End If
    Running = ""
    Application.StatusBar = False
    Exit Sub
failed:
    LastFault = "error " & Err.Number & ": " & Err.Description
    Running = ""
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
    If QdSettings.UsesXlwings() And Not QdSettings.IsForXlwings() Then
        Answered = QdTexts.Filled("python-unknown", QdSettings.Python(), "")
        Exit Function
    End If
    job = QdSystem.NewJob()
    QdSystem.WriteText job & "request.json", QdReply.AsRequest(arguments)
    If QdSettings.UsesXlwings() Then
        Application.StatusBar = QdTexts.Filled("frozen", QdVerbs.Caption(verb), "")
        Answered = RanByXlwings(job)
    Else
        QdSystem.Launch QdSettings.Program(), job
    End If
    If Answered = "" Then Answered = Awaited(verb, job, began)
    If Answered = "" Then QdReply.Take QdSystem.ReadText(job & "answer.json")
    If Answered = "" Or QdSystem.HasEnded(job) Then QdSystem.Discard job
End Function

' Runs the request by xlwings; why that could not be done, or "".
Private Function RanByXlwings(ByVal job As String) As String
    On Error GoTo failed
    If RunPython("from qingdan_xl.cli.console import run_request; run_request('" & QdReply.InPython(QdSystem.Bare(job)) & "')") = -1 Then
        RanByXlwings = QdTexts.Filled("python-failed", QdSettings.Python(), "")
    End If
    Exit Function
failed:
    RanByXlwings = QdTexts.Filled("xlwings-failed", Err.Number & " " & Err.Description, "")
    QdSystem.Discard job
End Function

' Waits until the answer is there, telling the seconds; "" or why it waits no longer.
' A run gives a sign every few seconds; seconds in which the machine slept count for two.
Private Function Awaited(ByVal verb As String, ByVal job As String, ByVal began As Date) As String
    Dim seconds As Long, before As Long, silent As Long, sign As String, last As String
    Dim number As Long, fault As String
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
        If QdSystem.HasEnded(job) Or (sign = "" And seconds > START_SECONDS) Or (sign <> "" And silent > SILENT_SECONDS) Then
            Awaited = IIf(sign = "", QdTexts.Filled("not-started", QdSettings.Program(), ""), QdTexts.Text("stopped"))
            Exit Do
        End If
    Loop
    QdSystem.CatchEscape False
    Exit Function
interrupted:
    number = Err.Number
    fault = number & " " & Err.Description
    QdSystem.CatchEscape False
    Awaited = IIf(number = QdSystem.ESCAPE_PRESSED, QdTexts.Text("interrupted"), QdTexts.Filled("fault", fault, ""))
End Function

Private Sub Finish(ByVal verb As String, ByVal began As Date, ByVal hindrance As String)
    If hindrance <> "" Then
        QdBoard.Finish verb, began, "failed", hindrance, ""
        Exit Sub
    End If
    Select Case QdReply.ExitCode
        Case 0: QdBoard.Finish verb, began, "done", QdVerbs.Sentence(verb), QdReply.Value("said")
        Case 1: QdBoard.Finish verb, began, "problems", QdVerbs.Sentence(verb), QdReply.Value("said")
        Case Else: QdBoard.Finish verb, began, "failed", QdBoard.Cause(QdReply.Value("said")), QdReply.Value("said")
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
    If Running = "" Then QdSettings.ForgetWay
    RunVerb "version"
End Sub
