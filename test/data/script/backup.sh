#!/bin/bash 

# replace with dkron host 
DOMAIN=localhost
# replace with the port of dkron
PORT=8080

# pattern of backup file
DATE=`date +"%Y-%m-%d-T%H-%M"`
BACKUP_FILE=backup-dkron_$DATE

# remove existing file with same name
touch $BACKUP_FILE
rm $BACKUP_FILE

# store json elements representing each job on separate line in a file
curl -X GET  http://$DOMAIN:$PORT/v1/jobs 2>/dev/null | jq -r '.[] | @base64'  | base64 --decode | sed -E "s/\}\{/\}\n\{/g" >> $BACKUP_FILE 
echo "" >> $BACKUP_FILE
