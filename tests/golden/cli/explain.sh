# What a finding means.
tell explain
tell explain CF201
tell explain CF008
tell explain CF123
tell explain CF601
tell explain CF201 --json
tell explain CF2O1
tell explain nonsense
tell explain frame
tell explain CF004 CF010
tell explain CF004 CF0O4
tell explain CF004 CF003 --json
