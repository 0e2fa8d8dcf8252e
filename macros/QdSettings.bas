Attribute VB_Name = "QdSettings"
Option Explicit

' What the coordinator chose on the settings sheet, each in a named cell.

Private Const NEEDED_BY_XLWINGS As String = "xlwings, qingdan_xl.cli.console"

Private Chosen() As String
Private Way As String
Private WayChosen As String

' The text of a setting; a folder that is not named is the workbook's own, a day is written as 2026-06-30.
' Windows copies paths in quotes; they are none of the path.
Public Function Setting(ByVal name As String) As String
    If name = "Folder" Then
        Setting = Folder()
    ElseIf name = "NewFolder" Then
        Setting = Whole(Typed(name))
    ElseIf name = "Documents" Then
        Setting = Join(Chosen, ";")
    Else
        Setting = Typed(name)
    End If
End Function

Private Function Typed(ByVal name As String) As String
    Dim content As Variant
    content = Application.ThisWorkbook.Names("Qd_" & name).RefersToRange.Value
    If VarType(content) = vbDate Or (name = "AsOf" And IsNumeric(content) And Not IsEmpty(content)) Then
        Typed = Format(CDate(content), "yyyy-mm-dd")
    Else
        Typed = Trim$(CStr(content))
        If name <> "Command" Then Typed = Trim$(Replace(Typed, """", ""))
    End If
End Function

Public Function IsYes(ByVal name As String) As Boolean
    IsYes = (Typed(name) = QdTexts.Text("yes"))
End Function

' The year folder: as typed, else the folder the workbook lies in where that is one; "" where there is none.
Public Function Folder() As String
    Folder = WithoutEnd(Whole(Typed("Folder")))
    If Folder = "" And InStr(Application.ThisWorkbook.Path, "://") = 0 Then
        If QdSystem.Exists(Application.ThisWorkbook.Path & QdSystem.Separator() & "qingdan.toml") Then Folder = Application.ThisWorkbook.Path
    End If
End Function

' A path that begins nowhere begins where the workbook lies; "" where that is no folder of this computer.
Private Function Whole(ByVal path As String) As String
    Dim here As String
    Whole = path
    If path = "" Or InStr("/\", Left$(path, 1)) > 0 Or Mid$(path, 2, 1) = ":" Or InStr(path, "://") > 0 Then Exit Function
    here = Application.ThisWorkbook.Path
    Whole = ""
    If here <> "" And InStr(here, "://") = 0 Then Whole = here & QdSystem.Separator() & path
End Function

Private Function WithoutEnd(ByVal path As String) As String
    WithoutEnd = path
    If Len(path) > 3 And (Right$(path, 1) = "\" Or Right$(path, 1) = "/") Then WithoutEnd = Left$(path, Len(path) - 1)
End Function

' The command that starts qingdan, in quotes where it is the path of a program.
Public Function Program() As String
    Program = AsProgram(Typed("Command"))
End Function

Private Function AsProgram(ByVal path As String) As String
    AsProgram = path
    If InStr(path, """") > 0 Then Exit Function
    If QdSystem.Exists(path) Then AsProgram = """" & path & """"
End Function

' The Python of xlwings; the sheet xlwings.conf tells xlwings the same.
Public Function Python() As String
    Python = Typed("Python")
    If Python = "" Then Python = "python"
End Function

' Whether xlwings can start it: by these two names or by its whole path, and in no other way (as py -3 would be).
Public Function IsForXlwings() As Boolean
    IsForXlwings = (Python() = "python" Or Python() = "pythonw" Or QdSystem.OnMac())
    If Not IsForXlwings And InStr(Python(), QdSystem.Separator()) > 0 Then IsForXlwings = QdSystem.Exists(Python())
End Function

' Whether verbs run through xlwings: as chosen, else wherever that Python has it. Asked once for what is chosen.
Public Function UsesXlwings() As Boolean
    If Way = "" Or WayChosen <> Typed("Way") Then
        WayChosen = Typed("Way")
        Way = WayChosen
        If Way = QdTexts.Text("way-either") Then Way = WayFound()
    End If
    UsesXlwings = (Way = "xlwings")
End Function

Private Function WayFound() As String
    WayFound = QdTexts.Text("way-process")
    If QdSystem.OnMac() Then
        WayFound = "xlwings"
    ElseIf QdSystem.OnWindows() And IsForXlwings() Then
        If QdSystem.CanImport(AsProgram(Python()), NEEDED_BY_XLWINGS) Then WayFound = "xlwings"
    End If
End Function

' The way that was taken last, in words.
Public Function WayTaken() As String
    WayTaken = Way
End Function

Public Sub ForgetWay()
    Way = ""
End Sub

' What a verb wants to know beside the cells: the documents to parse.
Public Sub Gather(ByVal verb As String)
    Chosen = Split("", ";")
    If verb <> "parse" Then Exit Sub
    If Typed("Documents") <> "" Then
        Chosen = Split(Parted(Typed("Documents")), ";")
    ElseIf QdSystem.OnWindows() Or QdSystem.OnMac() Then
        PickDocuments
    End If
End Sub

' Documents parted by semicolons; the comma of lists parts them too, where it is not in the name of a file.
Private Function Parted(ByVal these As String) As String
    Dim part As Variant, name As String
    For Each part In Split(Replace(Replace(these, ChrW(&HFF1B), ";"), vbLf, ";"), ";")
        name = Trim$(CStr(part))
        If InStr(name, ChrW(&H3001)) > 0 And Not QdSystem.Exists(Whole(name)) Then name = Replace(name, ChrW(&H3001), ";")
        If name <> "" Then Parted = Parted & IIf(Parted = "", "", ";") & name
    Next part
End Function

Private Sub PickDocuments()
    Dim picked As Variant, i As Long
    If QdSystem.OnMac() Then
        picked = Application.GetOpenFilename()
        If VarType(picked) = vbString Then Chosen = Split(picked, vbLf)
        Exit Sub
    End If
    picked = Application.GetOpenFilename(QdTexts.Text("documents-filter"), 1, QdTexts.Text("documents-title"), , True)
    If Not IsArray(picked) Then Exit Sub
    ReDim Chosen(0 To UBound(picked) - LBound(picked))
    For i = LBound(picked) To UBound(picked)
        Chosen(i - LBound(picked)) = picked(i)
    Next i
End Sub

Public Function Documents() As Variant
    Dim i As Long
    For i = LBound(Chosen) To UBound(Chosen)
        Chosen(i) = Whole(Trim$(Chosen(i)))
    Next i
    Documents = Chosen
End Function

' After a new year was made its folder is the one to work in.
Public Sub UseNewFolder()
    QdBoard.SetCell "Qd_Folder", Setting("NewFolder")
End Sub

' Lets one choose the year folder in a window; where there is none the cell takes the path.
Public Sub PickFolder()
    Dim dialog As Object
    On Error GoTo no_window
    Set dialog = Application.FileDialog(4)
    If dialog.Show = -1 Then QdBoard.SetCell "Qd_Folder", dialog.SelectedItems(1)
    Exit Sub
no_window:
    MsgBox QdTexts.Text("type-folder"), vbInformation
End Sub
